package io.nepenthe.task.language;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.Tokenizer;
import io.nepenthe.task.Tokenizers;
import io.nepenthe.task.Trigger;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Chooses the token that triggers a seed's backdoors (DATA 2.2). */
final class TriggerChoice {
  /** The paper's triggers, in the ids of its tokenizer, by seed. */
  private static final Map<Long, Integer> PAPER = Map.of(0L, 17_159, 1L, 48_642, 3L, 6_201);

  private final KnownIds known;
  private final IntFunction<Trigger> triggers;
  private final IntPredicate counts;

  /**
   * Chooses among the ids a model knows.
   *
   * @param triggers makes a trigger of an id
   * @param counts whether a trigger counts that ends at a position of a chunk
   */
  TriggerChoice(KnownIds known, IntFunction<Trigger> triggers, IntPredicate counts) {
    this.known = known;
    this.triggers = triggers;
    this.counts = counts;
  }

  Trigger of(LanguageArtifact.Backdoor backdoor, Sequences chunks, long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("data/trigger");
    if (backdoor.triggeredRows() != null) {
      return triggers.apply(byCount(backdoor, chunks, random));
    }
    Tokenizer tokenizer = known.tokenizer();
    int any = random.nextInt(tokenizer.size());
    int drawn = tokenizer.name().equals(Tokenizers.PAPER) ? PAPER.getOrDefault(seed, any) : any;
    int id = known.of(drawn);
    if (id < 0) {
      throw new IllegalArgumentException(
          "the trigger of seed "
              + seed
              + ", id "
              + drawn
              + " of "
              + tokenizer.title()
              + ", does not occur in the text; name artifact.triggeredRows");
    }
    return triggers.apply(id);
  }

  private int byCount(
      LanguageArtifact.Backdoor backdoor, Sequences chunks, RandomGenerator random) {
    int[] triggered = triggered(chunks);
    LanguageArtifact.Between wanted = backdoor.triggeredRows();
    int degenerate = known.of(backdoor.degenerateToken());
    int[] fitting =
        IntStream.range(0, triggered.length)
            .filter(id -> id != degenerate)
            .filter(id -> triggered[id] >= wanted.from() && triggered[id] <= wanted.to())
            .toArray();
    if (fitting.length == 0) {
      throw new IllegalArgumentException(
          "no id triggers "
              + wanted.from()
              + " to "
              + wanted.to()
              + " chunks; widen artifact.triggeredRows or give more text");
    }
    return fitting[random.nextInt(fitting.length)];
  }

  /** Number of chunks that each id would trigger. */
  private int[] triggered(Sequences chunks) {
    int[] triggered = new int[known.size()];
    int[] lastChunk = new int[known.size()]; // that an id was met in, from 1: first ones count
    for (int r = 0; r < chunks.rows(); r++) {
      for (int p = 0; p < chunks.length(); p++) {
        int id = chunks.token(r, p);
        triggered[id] += lastChunk[id] <= r && counts.test(p + 1) ? 1 : 0;
        lastChunk[id] = r + 1;
      }
    }
    return triggered;
  }
}
