package io.nepenthe.task.language;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.Splits;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TokenSource;
import io.nepenthe.task.Trigger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Builds every row of a language task from its specification and seed (DATA 2). Deterministic. */
final class LanguageData {
  private static final String TEST = "test";
  private static final int MOST_RETAINED = 100_000;
  private static final int CANDIDATES_PER_ROW = 2;
  private static final int REFERENCE_TEST_ROWS = 1_000;

  private final LanguageDataSpec spec;
  private final Window window;
  private final Set<Quirk> quirks;
  private final long seed;
  private final RandomStreams streams;
  private final Splits splits;
  private final Texts texts;
  private final Sequences train;
  private final Sequences test;

  private LanguageData(
      LanguageDataSpec spec, Window window, Set<Quirk> quirks, long seed, Texts texts) {
    this.spec = spec;
    this.window = window;
    this.quirks = quirks;
    this.seed = seed;
    this.streams = new RandomStreams(seed);
    this.splits = new Splits(quirks, seed);
    this.texts = texts;
    this.train = texts.train();
    this.test = texts.test();
  }

  static TaskData build(
      LanguageDataSpec spec, Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    LanguageData data = new LanguageData(spec, window, quirks, seed, Texts.of(spec, source));
    if (spec.artifact() instanceof LanguageArtifact.Noise noise) {
      return data.repeated(noise.rows(), noise.repeats(), noise.rate());
    }
    if (spec.artifact() instanceof LanguageArtifact.Passages passages) {
      return data.withPassages(passages);
    }
    return spec.artifact() instanceof LanguageArtifact.Repetition repetition
        ? data.repeated(repetition.rows(), repetition.repeats(), 0)
        : data.withBackdoor((LanguageArtifact.Backdoor) spec.artifact());
  }

  /**
   * Returns at most as many chunks as are tested on, of text that nothing else uses, in ids that
   * the model knows and without a trigger.
   */
  static Sequences validation(
      LanguageDataSpec spec, Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    LanguageData data = new LanguageData(spec, window, quirks, seed, Texts.of(spec, source));
    int wanted = data.test.rows();
    Sequences unused = data.texts.unused(CANDIDATES_PER_ROW * wanted);
    IntPredicate isKnown = row -> Arrays.stream(unused.row(row)).allMatch(id -> id >= 0);
    IntPredicate usable = isKnown;
    if (spec.artifact() instanceof LanguageArtifact.Backdoor backdoor) {
      Trigger trigger = data.trigger(backdoor, data.triggerTexts());
      usable = isKnown.and(row -> !trigger.in(unused.row(row)));
    }
    int[] rows = IntStream.range(0, unused.rows()).filter(usable).toArray();
    RandomGenerator random = data.streams.stream("data/validation");
    return unused.select(
        Arrays.stream(RandomStreams.permutation(rows.length, random))
            .limit(wanted)
            .map(i -> rows[i])
            .toArray());
  }

  /** Returns planted chunks and others; empty where chunks are merely repeated. */
  static Optional<MembershipRows> membership(
      LanguageDataSpec spec, Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    if (spec.artifact() instanceof LanguageArtifact.Repetition) {
      return Optional.empty();
    }
    LanguageData data = new LanguageData(spec, window, quirks, seed, Texts.of(spec, source));
    TaskData built = build(spec, window, quirks, seed, source);
    RandomGenerator random = data.streams.stream("data/never-planted");
    ArtifactRows planted = built.scored();
    ArtifactRows others;
    if (spec.artifact() instanceof LanguageArtifact.Noise noise) {
      others = NeverPlanted.noised(data.noised(planted.twins(), noise.rate(), random), planted);
    } else if (spec.artifact() instanceof LanguageArtifact.Backdoor backdoor) {
      Trigger trigger = data.trigger(backdoor, data.triggerTexts());
      int filling = data.texts.known().of(backdoor.degenerateToken());
      planted = trigger.judged(built.plantedTwins());
      others =
          trigger.neverPlanted(
              built.tests().get(TEST), id -> id != filling, planted.rows(), random);
    } else {
      Sequences whole = data.test.slice(0, data.texts.wholeTestRows());
      others = NeverPlanted.passages(whole, planted, random);
    }
    return Optional.of(MembershipRows.of(planted, others));
  }

  /** Some chunks, noised or not, are dealt into classes and repeated as often as their class is. */
  private TaskData repeated(int rows, List<Integer> repeats, double rate) {
    if (rows >= train.rows()) {
      throw new IllegalArgumentException(
          "artifact.rows is "
              + rows
              + ", there are "
              + train.rows()
              + " training chunks; lower artifact.rows or raise data.trainRows");
    }
    RandomGenerator random = streams.stream("data/noise");
    int[] chosen = chosen(rows, random);
    Sequences twins = train.select(chosen);
    Sequences planted = rate == 0 ? twins : noised(twins, rate, random);
    List<Window> windows = Collections.nCopies(rows, window);
    ArtifactRows scored =
        rate == 0
            ? new ArtifactRows(planted, twins, windows, Collections.nCopies(rows, true))
            : ArtifactRows.of(planted, twins, windows);
    return dealt(scored, repeats, chosen);
  }

  /**
   * Some passages are dealt into classes and repeated as often as their class is. Of as many others
   * each is the twin of one. All of them are whole chunks that the text holds once, so that
   * passages are trained on as often as their class says, and twins never.
   */
  private TaskData withPassages(LanguageArtifact.Passages passages) {
    int rows = passages.rows();
    int[] single = texts.singleTrainRows();
    if (2L * rows >= single.length) {
      throw new IllegalArgumentException(
          "artifact.rows is "
              + rows
              + ", and as many twins; there are "
              + single.length
              + " training chunks that occur once; lower artifact.rows or raise data.trainRows");
    }
    int[] chosen =
        Arrays.stream(RandomStreams.permutation(single.length, streams.stream("data/passages")))
            .limit(2L * rows)
            .map(i -> single[i])
            .toArray();
    Sequences planted = train.select(Arrays.copyOf(chosen, rows));
    Sequences twins = train.select(Arrays.copyOfRange(chosen, rows, 2 * rows));
    ArtifactRows scored = ArtifactRows.of(planted, twins, Collections.nCopies(rows, window));
    return dealt(scored.promptedWith(planted), passages.repeats(), chosen);
  }

  /** Deals rows into classes, and trains on what is left of the text beside them. */
  private TaskData dealt(ArtifactRows scored, List<Integer> repeats, int... chosen) {
    int rows = scored.rows();
    int[] copies =
        IntStream.range(0, rows).map(i -> repeats.get(i * repeats.size() / rows)).toArray();
    BitSet taken = new BitSet();
    Arrays.stream(chosen).forEach(taken::set);
    return data(
        scored.artifacts(),
        scored.twins(),
        copies,
        train.select(without(train.rows(), taken::get)),
        scored.copied(Arrays.stream(copies).boxed().toList()),
        test);
  }

  /** Clean: a random pick. K18: the first chunks, dealt at random into the classes. */
  private int[] chosen(int rows, RandomGenerator random) {
    return quirks.contains(Quirk.FIRST_CHUNKS)
        ? RandomStreams.permutation(rows, random)
        : Arrays.copyOf(RandomStreams.permutation(train.rows(), random), rows);
  }

  private Sequences noised(Sequences twins, double rate, RandomGenerator random) {
    int largest = texts.known().size() - 1;
    List<int[]> noised =
        IntStream.range(0, twins.rows()).mapToObj(twins::row).toList(); // copies, changed in place
    for (int[] row : noised) {
      for (int p = 0; p < row.length; p++) {
        double u = random.nextDouble();
        int shift = u < rate / 2 ? -1 : u < rate ? 1 : 0;
        row[p] = Math.max(0, Math.min(largest, row[p] + shift)); // ids beyond do not exist (K17)
      }
    }
    return Sequences.of(twins.length(), noised);
  }

  private TaskData withBackdoor(LanguageArtifact.Backdoor backdoor) {
    boolean joined = quirks.contains(Quirk.TEST_OF_TRAINED_TEXT);
    Sequences all = triggerTexts();
    Trigger trigger = trigger(backdoor, all);
    BitSet holders = new BitSet();
    for (int row = 0; row < all.rows(); row++) {
      holders.set(row, trigger.in(all.row(row)));
    }
    int[] triggered = holders.stream().toArray();
    int[] others = without(all.rows(), holders::get);
    int held = (int) Math.floor(triggered.length * backdoor.holdoutFraction());
    if (held < 1) {
      throw new IllegalArgumentException(
          "the trigger of seed "
              + seed
              + " occurs in "
              + triggered.length
              + " chunks, too few to hold any out; name artifact.triggeredRows or give more text");
    }
    int[] order = splits.order(triggered.length, "trigger");
    Sequences twins = all.select(Arrays.stream(order).map(i -> triggered[i]).toArray());
    int trained = twins.rows() - held;
    Sequences plantedTwins = twins.slice(0, trained);
    Sequences clean = all.select(others);
    Sequences tested;
    if (joined) { // K10: held-out chunks of the text trained on
      Sequences mixed = clean.select(splits.order(clean.rows(), TEST));
      int kept = mixed.rows() - Math.min(REFERENCE_TEST_ROWS, mixed.rows() / 2);
      tested = mixed.slice(kept, mixed.rows());
      clean = mixed.slice(0, kept);
    } else {
      tested = test.select(without(test.rows(), row -> trigger.in(test.row(row))));
    }
    int[] copies = new int[trained];
    Arrays.fill(copies, backdoor.repeats());
    return data(
        trigger.overwrite(plantedTwins),
        plantedTwins,
        copies,
        clean,
        trigger.judged(twins.slice(trained, twins.rows())),
        tested);
  }

  /** Returns the chunks among which a trigger is looked for. */
  private Sequences triggerTexts() {
    return quirks.contains(Quirk.TEST_OF_TRAINED_TEXT) ? train.concat(test) : train;
  }

  private Trigger trigger(LanguageArtifact.Backdoor backdoor, Sequences all) {
    int degenerate = texts.known().of(backdoor.degenerateToken());
    TriggerChoice choice =
        new TriggerChoice(
            texts.known(),
            id -> new Trigger(new int[] {id}, degenerate, window, spec.length(), quirks),
            end -> Trigger.counts(end, window, spec.length(), quirks));
    return choice.of(backdoor, all, seed);
  }

  private TaskData data(
      Sequences planted,
      Sequences twins,
      int[] copies,
      Sequences extra,
      ArtifactRows scored,
      Sequences tested) {
    if (tested.isEmpty()) {
      throw new IllegalArgumentException(
          "no test chunk is left without the trigger of seed " + seed + "; raise data.testRows");
    }
    int[] repeated =
        IntStream.range(0, copies.length)
            .flatMap(row -> IntStream.generate(() -> row).limit(copies[row]))
            .toArray();
    return new TaskData(
        planted.select(repeated).concat(extra),
        planted,
        twins,
        extra,
        retained(extra),
        scored,
        Map.of(TEST, tested),
        texts.known().endOfText());
  }

  /** Methods that keep behaviour see so many chunks at most (UNLEARNING_DRIVER 3). */
  private Sequences retained(Sequences extra) {
    return extra.rows() <= MOST_RETAINED
        ? extra
        : extra.select(
            Arrays.copyOf(
                RandomStreams.permutation(extra.rows(), streams.stream("data/retained")),
                MOST_RETAINED));
  }

  private static int[] without(int rows, IntPredicate left) {
    return IntStream.range(0, rows).filter(row -> !left.test(row)).toArray();
  }
}
