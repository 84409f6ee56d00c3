package io.nepenthe.task;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Quirk;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * All rows of one task and seed.
 *
 * @param train every training row, artifacts included, in stored order
 * @param planted the artifact rows within {@code train}
 * @param plantedTwins the clean rows that {@code planted} stands in place of; never trained on
 * @param extra the training rows that are no artifacts
 * @param retained the rows whose behaviour methods are to keep, as far as they may see them
 * @param scored the rows on which memorization is judged: the planted rows for noise, held-out
 *     triggered rows for backdoors
 * @param tests clean rows never trained on, by name, in reporting order
 * @param padding the id that fills rows up to their length
 */
public record TaskData(
    Sequences train,
    Sequences planted,
    Sequences plantedTwins,
    Sequences extra,
    Sequences retained,
    ArtifactRows scored,
    Map<String, Sequences> tests,
    int padding) {
  /** Copies the map, keeping its order. */
  public TaskData {
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
  }

  /**
   * Returns the rows whose behaviour a method is to keep. Clean: no artifact row is among them.
   * Quirk Q-4 (UNLEARNING_QUIRKS): the reference hands methods the artifacts too.
   */
  public Sequences retain(Set<Quirk> quirks) {
    return quirks.contains(Quirk.RETAIN_HOLDS_ARTIFACTS) ? planted.concat(retained) : retained;
  }

  /**
   * Returns how many leading columns training computes. Clean: up to the longest row, since nothing
   * but padding follows. With {@link Quirk#COMPUTED_PADDING}: all.
   */
  public int trainedLength(Set<Quirk> quirks) {
    return quirks.contains(Quirk.COMPUTED_PADDING) ? train.length() : train.lengthWithout(padding);
  }

  /** Returns a hash of every row, but for those {@code retained}, which are a choice of extra. */
  public String hash() {
    StringBuilder parts = new StringBuilder();
    parts.append(train.hash()).append(planted.hash()).append(plantedTwins.hash());
    parts.append(scored.artifacts().hash()).append(scored.twins().hash());
    if (!scored.prompts().equals(scored.twins())) {
      parts.append(scored.prompts().hash());
    }
    parts.append(scored.windows()).append(scored.eligible());
    tests.forEach((name, rows) -> parts.append(name).append(rows.hash()));
    return ContentHash.of(parts.toString());
  }
}
