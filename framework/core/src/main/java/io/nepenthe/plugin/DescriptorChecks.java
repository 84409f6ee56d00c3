package io.nepenthe.plugin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a descriptor may not say, in a line for whoever writes it. */
final class DescriptorChecks {
  private DescriptorChecks() {}

  static void require(boolean holds, String part) {
    if (!holds) {
      throw new IllegalArgumentException("the descriptor has no " + part);
    }
  }

  static Set<EditedPart> named(Set<EditedPart> edits) {
    if (edits.contains(null)) {
      throw new IllegalArgumentException("edits names null, must be names of parts of a model");
    }
    return edits;
  }

  /** Refuses needs that cannot be met. */
  static void requirePossible(Moment runs, Set<Need> needs, Set<Need> optional) {
    for (Need need : Need.union(needs, optional)) {
      if (needs.contains(need) && optional.contains(need)) {
        throw new IllegalArgumentException(
            "the descriptor has " + need.id() + " in needs and in optionalNeeds; leave one out");
      }
      if (runs == Moment.IN_TRAINING && (need.isOfATrainedModel() || !need.isRows())) {
        throw new IllegalArgumentException(
            "the descriptor needs the %s, which there is of a trained model only; a method that runs in training cannot have it"
                .formatted(need.id()));
      }
    }
  }

  /**
   * Checks what only a descriptor of a jar has to say: stored ones may be of the first interface.
   */
  static void requireOwn(MethodDescriptor descriptor) {
    requireEdits(descriptor);
    descriptor.grids().values().stream()
        .filter(Objects::nonNull)
        .forEach(grid -> requireGrid(descriptor, grid));
    try {
      requireGrid(descriptor, descriptor.contract());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("contract: " + e.getMessage(), e);
    }
    CostBound bound = descriptor.costBound();
    if (bound != null) {
      requireGrid(descriptor, bound.at());
    }
  }

  private static void requireEdits(MethodDescriptor descriptor) {
    if (descriptor.runsInTraining() && !descriptor.edits().isEmpty()) {
      throw new IllegalArgumentException(
          "the descriptor has edits, which say what of a trained model may change; a method that"
              + " runs in training trains all of it: leave edits out");
    }
    if (descriptor.family() == Family.UNLEARNING && descriptor.edits().isEmpty()) {
      throw new IllegalArgumentException(
          "the descriptor has no edits: name what the method may change of a model, one or more of "
              + EditedPart.names(List.of(EditedPart.values())));
    }
  }

  private static void requireGrid(MethodDescriptor descriptor, Map<String, List<Object>> grid) {
    var unused = new SearchGrid(descriptor.hyperparameters(), grid); // checks
  }

  /** Refuses a class that implements another interface than the descriptor says. */
  static void requireFits(MethodDescriptor descriptor, Class<?> method) {
    Class<?> own =
        Regularizer.class.isAssignableFrom(method)
            ? Regularizer.class
            : FineTuning.class.isAssignableFrom(method) ? FineTuning.class : Unlearning.class;
    Family family = descriptor.family();
    if (family != Family.CONTROL && family.type() != own) {
      throw new IllegalArgumentException(
          "%s says family %s, and its class %s implements %s: correct the family, or implement %s"
              .formatted(
                  MethodDescriptor.RESOURCE,
                  family.id(),
                  method.getName(),
                  own.getSimpleName(),
                  family.type().getSimpleName()));
    }
    if (descriptor.runsInTraining() != (own == Regularizer.class)) {
      throw new IllegalArgumentException(
          "%s says that the method runs %s, and its class %s implements %s: only a Regularizer runs in-training; correct runs, or the class"
              .formatted(
                  MethodDescriptor.RESOURCE,
                  descriptor.runs().id(),
                  method.getName(),
                  own.getSimpleName()));
    }
  }
}
