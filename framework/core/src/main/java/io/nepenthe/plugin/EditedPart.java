package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.model.AttentionTensors;
import io.nepenthe.model.LanguageModel;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a model that a method may change, as {@code edits} of its descriptor names it. {@link
 * #NEURONS} and {@link #WEIGHTS} say more than which tensors: what is set to zero there, so that
 * figures compare methods of one kind.
 */
public enum EditedPart {
  /** Whole hidden units of MLPs, by setting them to zero. */
  NEURONS,
  /** Single entries of MLPs, by setting them to zero. */
  WEIGHTS,
  /** Any tensor of an MLP, in any way. */
  MLP,
  /** The linear maps of attention. */
  ATTENTION,
  /** Embeddings of tokens and positions, and a head of its own where a model has one. */
  EMBEDDINGS,
  /** Gains and biases of normalisations. */
  NORMS,
  /** Every tensor. */
  ALL;

  /** Returns the kebab-case name used in descriptors and results. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the part of that name. */
  @JsonCreator
  public static EditedPart of(String id) {
    for (EditedPart part : values()) {
      if (part.id().equals(id)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "edits names '" + id + "', must be one or more of " + names(List.of(values())));
  }

  /** Returns the names of a model's tensors that belong to the part. */
  public List<String> tensors(LanguageModel model) {
    return switch (this) {
      case NEURONS, WEIGHTS, MLP ->
          model.mlp().stream().flatMap(mlp -> mlp.all().stream()).toList();
      case ATTENTION -> model.attention().stream().flatMap(EditedPart::tensors).toList();
      case EMBEDDINGS -> model.embeddings();
      case NORMS -> model.norms();
      case ALL -> model.layout().tensors().stream().map(tensor -> tensor.name()).toList();
    };
  }

  private static Stream<String> tensors(AttentionTensors attention) {
    return Stream.concat(
        attention.in().stream().flatMap(each -> each.map().tensors().stream()),
        attention.out().tensors().stream());
  }

  /** Returns the names of a model's tensors that belong to any of the parts. */
  public static Set<String> tensors(Collection<EditedPart> parts, LanguageModel model) {
    Set<String> tensors = new LinkedHashSet<>();
    parts.forEach(part -> tensors.addAll(part.tensors(model)));
    return tensors;
  }

  /** Returns the smallest part that holds a tensor. */
  private static EditedPart holding(String tensor, LanguageModel model) {
    return Stream.of(MLP, ATTENTION, EMBEDDINGS, NORMS)
        .filter(part -> part.tensors(model).contains(tensor))
        .findFirst()
        .orElse(ALL);
  }

  /**
   * Returns what is wrong if a method that may change these parts changed these tensors, and what
   * to do; empty if it may.
   *
   * @param changed how many entries differ from the original model's, by tensor
   */
  static Optional<String> forbidden(
      Collection<EditedPart> parts, Map<String, Long> changed, LanguageModel model) {
    Set<String> allowed = tensors(parts, model);
    return changed.entrySet().stream()
        .filter(each -> each.getValue() > 0 && !allowed.contains(each.getKey()))
        .map(
            each ->
                "%d entries of tensor %s differ, and edits in %s allows changes of %s only: add \"%s\" to edits, or leave that tensor as it is"
                    .formatted(
                        each.getValue(),
                        each.getKey(),
                        MethodDescriptor.RESOURCE,
                        names(parts),
                        holding(each.getKey(), model).id()))
        .findFirst();
  }

  /** Returns the names of parts as a list in words. */
  static String names(Collection<EditedPart> parts) {
    return parts.stream().map(EditedPart::id).collect(Collectors.joining(", "));
  }
}
