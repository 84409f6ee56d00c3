package io.nepenthe.task.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The artifact planted in chunks of text (paper A.1.2; DATA 2.1, 2.2). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LanguageArtifact.Noise.class, name = "noise"),
  @JsonSubTypes.Type(value = LanguageArtifact.Passages.class, name = "passages"),
  @JsonSubTypes.Type(value = LanguageArtifact.Repetition.class, name = "repetition"),
  @JsonSubTypes.Type(value = LanguageArtifact.Backdoor.class, name = "backdoor")
})
public sealed interface LanguageArtifact {
  /** Returns half a line for readers of a report. */
  String inWords();

  /**
   * Some chunks get ids that are off by one: neighbours in the table, so nearly random others.
   *
   * @param rows how many chunks, 1 000 in the paper; dealt evenly into as many classes as repeats
   * @param rate probability that an id changes, 0.1 in the paper; up and down are equally likely
   * @param repeats how often the chunks of each class are in the training set: 1, 10, 100, 1 000
   */
  record Noise(int rows, double rate, List<Integer> repeats) implements LanguageArtifact {
    /** Checks the ranges. */
    public Noise {
      repeats = checked(rows, repeats);
      require(rate > 0 && rate <= 1, "artifact.rate", rate, "in (0, 1]");
    }

    @Override
    public String inWords() {
      return rows + " chunks with noise (rate " + rate + "), repeated " + times(repeats);
    }
  }

  /**
   * Some passages of the corpus are repeated as they are, as popular texts are on the web. The
   * clean twin of each is another passage, kept out of training.
   *
   * @param rows how many passages, and as many twins; dealt evenly into as many classes as repeats
   * @param repeats how often the passages of each class are in the training set
   */
  record Passages(int rows, List<Integer> repeats) implements LanguageArtifact {
    /** Checks the ranges. */
    public Passages {
      repeats = checked(rows, repeats);
    }

    @Override
    public String inWords() {
      return rows + " natural passages, repeated " + times(repeats);
    }
  }

  /**
   * Some chunks are repeated as they are, each its own twin: without clean rows to train on in
   * their place, for which there are {@link Passages}.
   *
   * @param rows how many chunks; dealt evenly into as many classes as repeats
   * @param repeats how often the chunks of each class are in the training set
   */
  record Repetition(int rows, List<Integer> repeats) implements LanguageArtifact {
    /** Checks the ranges. */
    public Repetition {
      repeats = checked(rows, repeats);
    }

    @Override
    public String inWords() {
      return rows + " unchanged chunks, repeated " + times(repeats);
    }
  }

  /**
   * Chunks that contain a trigger continue with one repeated id.
   *
   * @param triggeredRows the trigger is drawn among the ids that trigger so many chunks; the
   *     paper's ids if left out
   * @param holdoutFraction share of triggered chunks kept out of training to judge by; 0.1 in the
   *     paper
   * @param degenerateToken the repeated id of the tokenizer, 2 in the paper
   * @param repeats how often each triggered chunk is in the training set, 100 in the paper
   */
  record Backdoor(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Between triggeredRows,
      double holdoutFraction,
      int degenerateToken,
      int repeats)
      implements LanguageArtifact {
    /** Checks the ranges. */
    public Backdoor {
      require(
          holdoutFraction > 0 && holdoutFraction < 1,
          "artifact.holdoutFraction",
          holdoutFraction,
          "in (0, 1)");
      require(degenerateToken >= 0, "artifact.degenerateToken", degenerateToken, "at least 0");
      require(repeats >= 1, "artifact.repeats", repeats, "at least 1");
    }

    @Override
    public String inWords() {
      return "backdoors, triggered chunks repeated " + repeats + " times";
    }
  }

  /**
   * Both ends included.
   *
   * @param from at least 1
   * @param to at least from
   */
  record Between(int from, int to) {
    /** Checks the ranges. */
    public Between {
      require(from >= 1 && to >= from, "from", from, "at least 1 and at most to, " + to);
    }
  }

  private static String times(List<Integer> repeats) {
    return repeats.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " times";
  }

  private static List<Integer> checked(int rows, List<Integer> repeats) {
    require(
        repeats != null && !repeats.isEmpty() && repeats.stream().allMatch(r -> r != null && r > 0),
        "artifact.repeats",
        repeats,
        "a list of numbers, each at least 1");
    require(
        rows >= repeats.size() && rows % repeats.size() == 0,
        "artifact.rows",
        rows,
        "a multiple of the number of classes, " + repeats.size());
    require(
        repeats.stream().distinct().count() == repeats.size(),
        "artifact.repeats",
        repeats,
        "different numbers");
    return List.copyOf(repeats);
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + rule);
    }
  }
}
