package io.nepenthe.mitigation;

import io.nepenthe.plugin.Family;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.SharedSetting;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.selection.Winner;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trial whose model is handed over.
 *
 * @param method its method
 * @param hyperparameters its grid point
 * @param trial its id
 * @param isHeldOut whether it was chosen on one half of the rows, so that the other tells what it
 *     is worth; else on all, as in the paper
 * @param isBetter whether it is better than the model as it was
 */
public record BestTrial(
    String method,
    Map<String, Number> hyperparameters,
    String trial,
    boolean isHeldOut,
    boolean isBetter) {
  private record Scored(BestTrial trial, double score) {}

  /** Returns the best of all methods but controls; empty if none has an eligible trial. */
  public static Optional<BestTrial> of(TaskSelection selection, long seed) {
    Optional<BestTrial> heldOut =
        best(
            selection,
            method ->
                Stream.ofNullable(method.shared()).map(shared -> heldOut(method, shared, seed)));
    return heldOut.isPresent()
        ? heldOut
        : best(
            selection,
            method ->
                Stream.ofNullable(method.winners().get(seed))
                    .map(winner -> ofAll(method, winner, seed)));
  }

  /** Returns the trial that the paper's rule chooses, on all rows. */
  public static Optional<BestTrial> asInThePaper(TaskSelection selection, long seed) {
    return best(
        selection,
        method ->
            Stream.ofNullable(method.winners().get(seed))
                .map(winner -> ofAll(method, winner, seed)));
  }

  private interface Choice {
    Stream<Scored> of(MethodSelection method);
  }

  private static Optional<BestTrial> best(TaskSelection selection, Choice choice) {
    return selection.methods().stream()
        .filter(method -> method.family() != Family.CONTROL)
        .flatMap(choice::of)
        .min(Comparator.comparingDouble(Scored::score))
        .map(Scored::trial);
  }

  private static Scored heldOut(MethodSelection method, SharedSetting shared, long seed) {
    return new Scored(
        new BestTrial(
            method.method(),
            shared.hyperparameters(),
            String.valueOf(shared.trials().get(seed)),
            true,
            shared.note().isEmpty()),
        shared.validationScore());
  }

  private static Scored ofAll(MethodSelection method, Winner winner, long seed) {
    return new Scored(
        new BestTrial(
            method.method(),
            winner.hyperparameters(),
            winner.trial(),
            false,
            !method.noBetter().contains(seed)),
        winner.score());
  }
}
