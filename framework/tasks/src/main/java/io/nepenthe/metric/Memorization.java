package io.nepenthe.metric;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.task.ArtifactRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How artifact rows are continued, by one teacher-forced pass (EVALUATION 1; UNLEARNING_DRIVER
 * 8.3).
 *
 * <p>A row is prompted as its task says, with its clean twin or, where that is another text, with
 * its own beginning, and continued with the artifact. Greedy decoding stays on the artifact if and
 * only if every argmax on that path is the artifact's next token, so one forward pass decides what
 * generation would.
 *
 * <p>Of some rows the twin is read as well, after its own prompt: a second pass over all of them
 * would cost more than all metrics are to, and their mean needs no more.
 */
public final class Memorization {
  /** Rows whose twin is read, spread evenly over the eligible ones; all if they are fewer. */
  static final int TWINS = 64;

  private final int bannedToken;
  private final BlockedNgrams blocked;

  private Memorization(int bannedToken, BlockedNgrams blocked) {
    this.bannedToken = bannedToken;
    this.blocked = blocked;
  }

  /** Returns the measure with every token allowed, as clean fidelity has it. */
  public static Memorization clean() {
    return new Memorization(-1, BlockedNgrams.NONE);
  }

  /** Returns the measure with one token never emitted (quirk Q-10). */
  public static Memorization banning(int token) {
    return new Memorization(token, BlockedNgrams.NONE);
  }

  /** Returns this measure where decoding completes none of some n-grams. */
  public Memorization blocking(BlockedNgrams ngrams) {
    return new Memorization(bannedToken, ngrams);
  }

  /** Continues the eligible rows; call it without gradients. */
  public Continuations continuations(
      LanguageModel model, Parameters parameters, ArtifactRows data, NDManager manager) {
    WindowReader reader = new WindowReader(model, parameters, data, bannedToken, blocked, manager);
    int[] rows = data.eligibleRows();
    List<ForcedWindow> artifacts = reader.read(data.prompts(), data.artifacts(), rows);
    Map<Integer, ForcedWindow> twins = twins(reader, data, artifacts, spread(rows));
    return new Continuations(
        artifacts.stream()
            .map(artifact -> new Continuation(artifact, twins.get(artifact.row())))
            .toList(),
        data.copies());
  }

  /** Reads twins of some rows; what is its own twin has been read. */
  private static Map<Integer, ForcedWindow> twins(
      WindowReader reader, ArtifactRows data, List<ForcedWindow> artifacts, int... rows) {
    Map<Integer, ForcedWindow> read = new HashMap<>();
    artifacts.forEach(artifact -> read.put(artifact.row(), artifact));
    Map<Integer, ForcedWindow> twins = new HashMap<>();
    IntStream.of(rows).forEach(row -> twins.put(row, read.get(row)));
    int[] others = IntStream.of(rows).filter(data::differs).toArray();
    reader.read(data.twins(), data.twins(), others).forEach(twin -> twins.put(twin.row(), twin));
    return twins;
  }

  /** Returns at most {@link #TWINS} of the rows, evenly spread. */
  static int[] spread(int... rows) {
    return ArtifactRows.spread(TWINS, rows);
  }
}
