package io.nepenthe.report.view;

import java.util.Optional;

/**
 * What an unlearning method edits, in the paper's two groups. Stored results do not say it, so the
 * paper's eleven methods are told apart by id, here and nowhere else; others are in no group.
 */
public enum EditedPart {
  NEURONS("Neuron methods"),
  WEIGHTS("Weight methods");

  private final String title;

  EditedPart(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** Returns the group of a method, empty if it is in none. */
  public static Optional<EditedPart> of(MethodView method) {
    return switch (method.id()) {
      case "zero", "act", "integrated-gradients", "slim", "hard-concrete" -> Optional.of(NEURONS);
      case "greedy", "sou", "durable", "durable-agg", "subnet", "balanced-subnet" ->
          Optional.of(WEIGHTS);
      default -> Optional.empty();
    };
  }
}
