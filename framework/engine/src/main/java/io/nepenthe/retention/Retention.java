package io.nepenthe.retention;

import io.nepenthe.metric.Metrics;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.selection.BySeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one method's models keep of their forgetting under one variant of a challenge: (original -
 * challenged) / (original - unchallenged), in % memorized of the challenge's rows. 1 is lasting, 0
 * says that all came back; a model that forgets more when challenged is above 1.
 *
 * @param method id of the method
 * @param challenge its kind
 * @param variant of it; "worst" for the worst of all its variants, chosen for each seed
 * @param retention of the seeds in which it is defined; null if in none
 * @param undefined seeds in which the method had forgotten fewer than 5 points, so that there is
 *     nothing to keep
 * @param before % memorized of the challenge's rows, unchallenged
 * @param after % memorized of the same rows, challenged
 */
public record Retention(
    String method,
    String challenge,
    String variant,
    @Nullable BySeed retention,
    List<Long> undefined,
    BySeed before,
    BySeed after) {
  /** Points of % memorized that must be forgotten for a retention to be defined. */
  public static final double LEAST_FORGOTTEN = 5;

  /** Kinds of challenges after which the same model may recite again. */
  public static final List<String> KINDS = List.of("relearning", "rounding", "prompts");

  static final String MEMORIZED = Metrics.MEMORIZED.id();

  /** Copies the list. */
  public Retention {
    undefined = List.copyOf(undefined);
  }

  /**
   * Returns the share of the forgetting that is left; nothing if too little was forgotten.
   *
   * @param original % memorized by the original model
   * @param before by the model that forgot
   * @param after by the same model, challenged
   */
  public static OptionalDouble of(double original, double before, double after) {
    double forgotten = original - before;
    return forgotten < LEAST_FORGOTTEN
        ? OptionalDouble.empty()
        : OptionalDouble.of((original - after) / forgotten);
  }

  /** Returns that of each method under each variant, and under the worst of each challenge. */
  public static List<Retention> of(ChallengedTask task) {
    return task.methods().stream()
        .flatMap(method -> KINDS.stream().flatMap(kind -> of(task, method, kind)))
        .toList();
  }

  private static Stream<Retention> of(ChallengedTask task, String method, String kind) {
    List<Variant> variants = new ArrayList<>(task.variants(kind));
    if (variants.size() > 1) {
      variants.add(Variant.worst(kind));
    }
    return variants.stream().flatMap(variant -> of(task, method, variant).stream());
  }

  private static Optional<Retention> of(ChallengedTask task, String method, Variant variant) {
    Variant unchallenged = Variant.unchallenged(variant.challenge());
    Optional<BySeed> before = task.values(method, unchallenged, MEMORIZED);
    Optional<BySeed> after = memorized(task, method, variant);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    Map<Long, Double> originals =
        task.values(ChallengeResult.ORIGINAL, unchallenged, MEMORIZED)
            .map(BySeed::values)
            .orElse(Map.of());
    Map<Long, Double> retained = new TreeMap<>();
    List<Long> undefined = new ArrayList<>();
    after
        .get()
        .values()
        .forEach(
            (seed, challenged) -> {
              Double original = originals.get(seed);
              Double unchanged = before.get().values().get(seed);
              if (original != null && unchanged != null) {
                OptionalDouble share = of(original, unchanged, challenged);
                share.ifPresentOrElse(
                    value -> retained.put(seed, value), () -> undefined.add(seed));
              }
            });
    return Optional.of(
        new Retention(
            method,
            variant.challenge(),
            variant.name(),
            BySeed.of(retained, Function.identity()),
            undefined,
            before.get(),
            after.get()));
  }

  /** Returns what is memorized under a variant, or in each seed under the worst of them. */
  public static Optional<BySeed> memorized(ChallengedTask task, String subject, Variant variant) {
    if (!variant.name().equals(Variant.WORST)) {
      return task.values(subject, variant, MEMORIZED);
    }
    Map<Long, Double> worst = new TreeMap<>();
    for (Variant each : task.variants(variant.challenge())) {
      task.values(subject, each, MEMORIZED)
          .ifPresent(
              by -> by.values().forEach((seed, value) -> worst.merge(seed, value, Math::max)));
    }
    return Optional.ofNullable(BySeed.of(worst, Function.identity()));
  }
}
