package io.nepenthe.task;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The tokenizers that are there: each is one line in {@code
 * META-INF/services/io.nepenthe.task.Tokenizer} of a jar on the class path.
 */
public final class Tokenizers {
  /** What a corpus is cut by unless a task says otherwise: the paper's. */
  public static final String PAPER = "gpt2";

  private static final TreeMap<String, Tokenizer> BY_NAME = new TreeMap<>();

  static {
    for (Tokenizer each : ServiceLoader.load(Tokenizer.class, Tokenizers.class.getClassLoader())) {
      if (BY_NAME.put(each.name(), each) != null) {
        throw new IllegalStateException("two tokenizers have the name '" + each.name() + "'");
      }
    }
  }

  private Tokenizers() {}

  /** Returns the paper's tokenizer. */
  public static Tokenizer paper() {
    return require(PAPER);
  }

  /**
   * Returns the tokenizer of a name.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public static Tokenizer require(String name) {
    return Optional.ofNullable(BY_NAME.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no tokenizer '" + name + "'; there is " + BY_NAME.keySet()));
  }
}
