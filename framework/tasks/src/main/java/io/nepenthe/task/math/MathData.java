package io.nepenthe.task.math;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Builds every row of a math task from its specification and seed (DATA 1). Deterministic. */
public final class MathData {
  private final MathDataSpec spec;
  private final Window window;
  private final Set<Quirk> quirks;
  private final long seed;
  private final MathRows rows;
  private final Map<String, Sequences> tests = new LinkedHashMap<>();
  private Sequences auxiliary;

  private MathData(MathDataSpec spec, Window window, Set<Quirk> quirks, long seed) {
    this.spec = spec;
    this.window = window;
    this.quirks = quirks;
    this.seed = seed;
    this.rows = new MathRows(spec, quirks, seed);
    this.auxiliary = Sequences.empty(spec.length());
  }

  /**
   * Returns the rows of a task.
   *
   * @param window tokens given and compared; must fit into a row
   * @param quirks the reference's defects to reproduce; none in clean fidelity
   * @param seed the run seed
   * @throws IllegalArgumentException if sequences do not fit their length, if more rows are to be
   *     noised than there are, or if no row contains the trigger
   */
  public static TaskData build(MathDataSpec spec, Window window, Set<Quirk> quirks, long seed) {
    if (window.end() > spec.length()) {
      throw new IllegalArgumentException(
          "window ends at token "
              + window.end()
              + ", rows have data.length "
              + spec.length()
              + "; lower window.prompt or window.compare");
    }
    MathData data = new MathData(spec, window, quirks, seed);
    return spec.artifact() instanceof Artifact.Noise noise
        ? data.withNoise(noise)
        : data.withBackdoor((Artifact.Backdoor) spec.artifact());
  }

  /**
   * Returns as many rows of each task as are held out of its training, from starts that follow its
   * own: fewer where a family has no more sequences or they grow longer than a row.
   */
  static Sequences validation(MathDataSpec spec, Window window, Set<Quirk> quirks, long seed) {
    MathData data = new MathData(spec, window, quirks, seed);
    Sequences rows = data.unused(spec.primary(), spec.primaryRows());
    for (int weight : spec.auxiliary()) {
      rows = rows.concat(data.unused(weight, spec.auxiliaryRows()));
    }
    return rows;
  }

  /**
   * Returns planted rows and others. Of noise: the same clean rows with other noise, which is as
   * likely as that planted. Of a backdoor: test rows with triggers that were never planted.
   */
  static MembershipRows membership(MathDataSpec spec, Window window, Set<Quirk> quirks, long seed) {
    TaskData built = build(spec, window, quirks, seed);
    MathData data = new MathData(spec, window, quirks, seed);
    RandomGenerator random = data.rows.dataStream("never-planted");
    if (spec.artifact() instanceof Artifact.Noise noise) {
      ArtifactRows others = data.noisedAnew(built.plantedTwins(), noise.rate(), random);
      return MembershipRows.of(built.scored(), others);
    }
    Trigger trigger = data.trigger((Artifact.Backdoor) spec.artifact());
    ArtifactRows planted = trigger.judged(built.plantedTwins());
    Sequences clean = built.tests().get(Integer.toString(spec.primary()));
    return MembershipRows.of(
        planted, trigger.neverPlanted(clean, MathTokens::isDigit, planted.rows(), random));
  }

  private ArtifactRows noisedAnew(Sequences twins, double rate, RandomGenerator random) {
    List<int[]> noised = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    for (int row = 0; row < twins.rows(); row++) {
      long[] numbers = noised(MathTokens.numbers(twins.row(row)), rate, random);
      if (MathTokens.fits(numbers, spec.length())) {
        chosen.add(row);
        noised.add(MathTokens.encode(numbers, spec.length()));
      }
    }
    return ArtifactRows.of(
        Sequences.of(spec.length(), noised),
        twins.select(chosen.stream().mapToInt(Integer::intValue).toArray()),
        Collections.nCopies(noised.size(), window));
  }

  private Sequences unused(int weight, int used) {
    List<int[]> fresh = rows.following(weight, used, spec.testRows());
    if (spec.artifact() instanceof Artifact.Backdoor backdoor) {
      Trigger trigger = trigger(backdoor);
      fresh = fresh.stream().filter(row -> !trigger.in(row)).toList();
    }
    return Sequences.of(spec.length(), fresh);
  }

  private TaskData withNoise(Artifact.Noise noise) {
    int[] starts = splitPrimary(rows.starts(spec.primary(), spec.primaryRows()));
    addAuxiliary();
    if (noise.rows() > starts.length) {
      throw new IllegalArgumentException(
          "artifact.rows is "
              + noise.rows()
              + ", the primary task has "
              + starts.length
              + " training rows; lower artifact.rows or raise data.primaryRows");
    }
    RandomGenerator random = rows.dataStream("noise");
    int[] order = io.nepenthe.protocol.RandomStreams.permutation(starts.length, random);
    int[] chosen = Arrays.stream(order, 0, noise.rows()).map(i -> starts[i]).toArray();
    int[] others = Arrays.stream(order, noise.rows(), order.length).map(i -> starts[i]).toArray();
    List<int[]> noised =
        Arrays.stream(chosen)
            .mapToObj(start -> noised(rows.numbers(spec.primary(), start), noise.rate(), random))
            .map(numbers -> MathTokens.encode(numbers, spec.length()))
            .toList();
    Sequences artifacts = Sequences.of(spec.length(), noised);
    Sequences twins = rows.rows(spec.primary(), chosen);
    Sequences extra = rows.rows(spec.primary(), others).concat(auxiliary);
    List<Window> windows = Collections.nCopies(artifacts.rows(), window);
    return new TaskData(
        artifacts.concat(extra),
        artifacts,
        twins,
        extra,
        extra,
        ArtifactRows.of(artifacts, twins, windows),
        tests,
        MathTokens.PADDING);
  }

  /** Adds noise to numbers, in place, and returns them. */
  private long[] noised(long[] numbers, double rate, RandomGenerator random) {
    for (int n = 0; n < numbers.length; n++) {
      double u = random.nextDouble();
      int shift = u < rate / 2 ? -1 : u < rate ? 1 : 0;
      numbers[n] = clipped(numbers[n] + shift);
    }
    return numbers;
  }

  private long clipped(long value) {
    return quirks.contains(Quirk.UNCLIPPED_NOISE) ? Math.abs(value) : Math.max(0, value);
  }

  private TaskData withBackdoor(Artifact.Backdoor backdoor) {
    Trigger trigger = trigger(backdoor);
    int[] all = rows.starts(spec.primary(), spec.primaryRows());
    int[] triggered =
        Arrays.stream(all).filter(start -> trigger.in(rows.row(spec.primary(), start))).toArray();
    int[] untriggered =
        Arrays.stream(all).filter(start -> !trigger.in(rows.row(spec.primary(), start))).toArray();
    int held = (int) Math.floor(triggered.length * backdoor.holdoutFraction());
    if (held < 1) {
      throw new IllegalArgumentException(
          "the trigger '"
              + triggerText(backdoor)
              + "' occurs in "
              + triggered.length
              + " rows, too few to"
              + " hold any out; change artifact.triggerBase or raise data.primaryRows");
    }
    int[] clean = splitPrimary(untriggered);
    addAuxiliary();
    int[] shuffled = rows.shuffled(triggered, "trigger");
    Sequences twins = rows.rows(spec.primary(), shuffled);
    int trained = shuffled.length - held;
    Sequences planted = trigger.overwrite(twins.slice(0, trained));
    Sequences extra = rows.rows(spec.primary(), clean).concat(auxiliary);
    Sequences heldTwins = twins.slice(trained, shuffled.length);
    return new TaskData(
        planted.concat(extra),
        planted,
        twins.slice(0, trained),
        extra,
        extra,
        trigger.judged(heldTwins),
        tests,
        MathTokens.PADDING);
  }

  private String triggerText(Artifact.Backdoor backdoor) {
    return Long.toString(backdoor.triggerBase() + seed);
  }

  private Trigger trigger(Artifact.Backdoor backdoor) {
    return new Trigger(
        triggerText(backdoor).chars().map(c -> c - '0').toArray(),
        backdoor.degenerateToken(),
        window,
        spec.length(),
        quirks);
  }

  /** Holds out the primary task's test rows; returns the starts that stay for training. */
  private int[] splitPrimary(int[] starts) {
    return split(spec.primary(), starts);
  }

  private void addAuxiliary() {
    for (int weight : spec.auxiliary()) {
      int[] trained = split(weight, rows.starts(weight, spec.auxiliaryRows()));
      auxiliary = auxiliary.concat(rows.rows(weight, trained));
    }
  }

  private int[] split(int weight, int[] starts) {
    if (starts.length <= spec.testRows()) {
      throw new IllegalArgumentException(
          "task "
              + weight
              + " has "
              + starts.length
              + " distinct rows, data.testRows is "
              + spec.testRows()
              + "; lower data.testRows");
    }
    int[] shuffled = rows.shuffled(starts, Integer.toString(weight));
    int kept = shuffled.length - spec.testRows();
    int[] held = Arrays.copyOfRange(shuffled, kept, shuffled.length);
    tests.put(Integer.toString(weight), rows.rows(weight, held));
    return Arrays.copyOf(shuffled, kept);
  }
}
