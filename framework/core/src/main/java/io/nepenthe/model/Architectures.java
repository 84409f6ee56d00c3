package io.nepenthe.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The architectures that are there: each, or each family, is one line in {@code
 * META-INF/services/io.nepenthe.model.Architecture} of this jar or of another on the class path, so
 * workers have the same ones.
 */
public final class Architectures {
  /** What a task's model is unless the task says otherwise: the paper's. */
  public static final String PAPER = "gpt2";

  private static final TreeMap<String, Architecture> BY_TYPE = new TreeMap<>();

  static {
    for (Architecture each : registered()) {
      if (BY_TYPE.put(each.type(), each) != null) {
        throw new IllegalStateException("two architectures have the type '" + each.type() + "'");
      }
    }
  }

  private Architectures() {}

  private static List<Architecture> registered() {
    return ServiceLoader.load(Architecture.class, Architectures.class.getClassLoader()).stream()
        .flatMap(service -> service.get().family().stream())
        .toList();
  }

  /** Returns the architecture of a {@code model_type}, if there is one. */
  public static Optional<Architecture> find(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** Returns the one architecture that a configuration without a {@code model_type} can mean. */
  public static Optional<Architecture> meantBy(JsonNode config) {
    List<Architecture> meant =
        BY_TYPE.values().stream().filter(each -> each.isMeantBy(config)).toList();
    return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
  }

  /**
   * Returns the architecture of a {@code model_type}.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public static Architecture require(String type) {
    return find(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no architecture '" + type + "'; there is " + types()));
  }

  /** Returns the paper's architecture. */
  public static Architecture paper() {
    return require(PAPER);
  }

  /** Returns every {@code model_type}, sorted. */
  public static List<String> types() {
    return List.copyOf(BY_TYPE.keySet());
  }
}
