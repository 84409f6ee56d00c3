package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.judge.Judge;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.task.TaskData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all models that are challenged on one task and seed share. Thread-safe. */
public final class TaskSeed {
  private final TaskSpec task;
  private final long seed;
  private final Set<Quirk> quirks;
  private final List<Integer> memorizedRows;
  private final Function<NDManager, Weights> original;
  private final Function<NDManager, Optional<Weights>> retrained;
  private final Map<Integer, Optional<Surprises>> surprises = new ConcurrentHashMap<>();
  private @Nullable Judge judge;

  /**
   * Builds no rows yet: a run has many of these before it comes to most of them.
   *
   * @param memorizedRows indices of the artifact rows that the original model reproduces
   * @param original reads the original model into a sub-manager
   * @param retrained reads the model that was trained without artifacts, if the run has one
   */
  public TaskSeed(
      TaskSpec task,
      long seed,
      Set<Quirk> quirks,
      List<Integer> memorizedRows,
      Function<NDManager, Weights> original,
      Function<NDManager, Optional<Weights>> retrained) {
    this.task = task;
    this.seed = seed;
    this.quirks = Set.copyOf(quirks);
    this.memorizedRows = List.copyOf(memorizedRows);
    this.original = original;
    this.retrained = retrained;
  }

  /** Returns the task. */
  public TaskSpec task() {
    return task;
  }

  /** Returns the reference's defects that the run reproduces. */
  public Set<Quirk> quirks() {
    return quirks;
  }

  /** Returns the indices of the artifact rows that the original model reproduces. */
  public List<Integer> memorizedRows() {
    return memorizedRows;
  }

  /** Returns who measures models on the task and seed. */
  public synchronized Judge judge() {
    if (judge == null) {
      judge = new Judge(task, seed, quirks);
    }
    return judge;
  }

  /** Returns all rows of the task and seed, the judge's among them. */
  public TaskData data() {
    return judge().data();
  }

  /**
   * Returns a new generator, at its start, which is the same for every subject.
   *
   * @param purpose what it is for, the kind of challenge first
   */
  public RandomGenerator random(String purpose) {
    return new RandomStreams(seed).stream("challenge/" + purpose);
  }

  /**
   * Returns how surprising planted rows, and others of their generator, are to models; empty if the
   * task cannot make others.
   *
   * @param most how many rows of either kind
   */
  Optional<Surprises> surprises(int most) {
    return surprises.computeIfAbsent(
        most,
        count ->
            task.membership(seed, quirks).map(rows -> new Surprises(this, rows.atMost(count))));
  }

  /** Returns the original model's weights in a sub-manager; close them. */
  public Weights original(NDManager parent) {
    return original.apply(parent);
  }

  /**
   * Returns the weights of the model that was trained without artifacts, in a sub-manager, if the
   * run has one; close them.
   */
  public Optional<Weights> retrained(NDManager parent) {
    return retrained.apply(parent);
  }
}
