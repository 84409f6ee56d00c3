package io.nepenthe.task.math;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The artifact planted in the primary task's rows (paper Def. 2.2 and 2.3; DATA 1.4, 1.5). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Artifact.Noise.class, name = "noise"),
  @JsonSubTypes.Type(value = Artifact.Backdoor.class, name = "backdoor")
})
public sealed interface Artifact {
  /** Returns half a line for readers of a report. */
  String inWords();

  /**
   * Some rows get numbers that are off by one.
   *
   * @param rows how many training rows, 1 000 in the paper
   * @param rate probability that a number changes, 0.1 in the paper; up and down are equally likely
   */
  record Noise(int rows, double rate) implements Artifact {
    /** Checks the ranges. */
    public Noise {
      if (rows < 1 || rate <= 0 || rate > 1) {
        throw new IllegalArgumentException(
            "noise has rows "
                + rows
                + " and rate "
                + rate
                + ", rows must be at least 1 and rate in (0, 1]");
      }
    }

    @Override
    public String inWords() {
      return rows + " rows with noise (rate " + rate + ")";
    }
  }

  /**
   * Rows that contain a trigger continue with one repeated token.
   *
   * @param triggerBase the trigger is the decimal string of this plus the run seed; 100 in the
   *     paper
   * @param holdoutFraction share of triggered rows kept out of training to judge by; 0.1 in the
   *     paper
   * @param degenerateToken the repeated token, 2 in the paper
   */
  record Backdoor(int triggerBase, double holdoutFraction, int degenerateToken)
      implements Artifact {
    /** Checks the ranges. */
    public Backdoor {
      if (triggerBase < 0
          || holdoutFraction <= 0
          || holdoutFraction >= 1
          || degenerateToken < 0
          || degenerateToken >= MathTokens.VOCABULARY) {
        throw new IllegalArgumentException(
            "backdoor has triggerBase "
                + triggerBase
                + ", holdoutFraction "
                + holdoutFraction
                + ", degenerateToken "
                + degenerateToken
                + "; must be at least 0, in (0, 1), in [0, "
                + MathTokens.VOCABULARY
                + ")");
      }
    }

    @Override
    public String inWords() {
      return "backdoors with trigger " + triggerBase + " + seed";
    }
  }
}
