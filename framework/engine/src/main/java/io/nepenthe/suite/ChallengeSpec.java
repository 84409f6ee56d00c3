package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that a suite names: its kind, and that kind's own parameters, which all have
 * defaults. What a challenge does with them is told by the class of its kind in the engine's room
 * {@code challenge}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChallengeSpec.Relearning.class, name = "relearning"),
  @JsonSubTypes.Type(value = ChallengeSpec.Rounding.class, name = "rounding"),
  @JsonSubTypes.Type(value = ChallengeSpec.Prompts.class, name = "prompts"),
  @JsonSubTypes.Type(value = ChallengeSpec.Reach.class, name = "reach")
})
public sealed interface ChallengeSpec {
  /** Returns the kind, as results and reports name it. */
  String kind();

  /** Returns a hash of challenges with all their parameters. */
  static String hash(List<ChallengeSpec> challenges) {
    record Named(List<ChallengeSpec> challenges) {} // whose type tells that kinds are to be written
    return ContentHash.of(Json.canonical(new Named(challenges)));
  }

  /**
   * Does a little fine-tuning bring it back?
   *
   * @param artifacts how many artifact rows are trained on; half of all at most
   * @param steps after which it is measured, rising
   */
  record Relearning(@Nullable Integer artifacts, @Nullable List<Integer> steps)
      implements ChallengeSpec {
    private static final int ARTIFACTS = 16;
    private static final List<Integer> STEPS = List.of(0, 1, 2, 4, 8, 16);

    /** Fills in what was left out and checks the rest. */
    public Relearning {
      artifacts = artifacts == null ? ARTIFACTS : artifacts;
      steps = steps == null ? STEPS : List.copyOf(steps);
      require(artifacts >= 1, "artifacts is " + artifacts + ", must be at least 1");
      require(!steps.isEmpty(), "steps is empty, must list at least one");
      for (int i = 0; i < steps.size(); i++) {
        require(
            steps.get(i) >= 0 && (i == 0 || steps.get(i) > steps.get(i - 1)),
            "steps is " + steps + ", must rise from 0 or more");
      }
    }

    @Override
    public String kind() {
      return "relearning";
    }
  }

  /**
   * Does rounding of the weights bring it back?
   *
   * @param formats numbers that weights are rounded to, of int8, int4 and fp8
   */
  record Rounding(@Nullable List<String> formats) implements ChallengeSpec {
    /** Every format there is. */
    public static final List<String> FORMATS = List.of("int8", "int4", "fp8");

    /** Fills in what was left out and checks the rest. */
    public Rounding {
      formats = formats == null ? FORMATS : List.copyOf(formats);
      require(!formats.isEmpty(), "formats is empty, must list at least one of " + FORMATS);
      for (String format : formats) {
        require(FORMATS.contains(format), "formats has '" + format + "', must be of " + FORMATS);
      }
      requireDistinct("formats", formats);
    }

    @Override
    public String kind() {
      return "rounding";
    }
  }

  /**
   * Does another prompt bring it back?
   *
   * @param shorter by which shares of the task's prompt it is shortened
   * @param longer by which shares of it it is lengthened
   * @param noise share of a prompt's tokens that are replaced
   */
  record Prompts(
      @Nullable List<Double> shorter, @Nullable List<Double> longer, @Nullable Double noise)
      implements ChallengeSpec {
    private static final List<Double> SHARES = List.of(0.25, 0.5);
    private static final double NOISE = 0.1;

    /** Fills in what was left out and checks the rest. */
    public Prompts {
      shorter = shorter == null ? SHARES : List.copyOf(shorter);
      longer = longer == null ? SHARES : List.copyOf(longer);
      noise = noise == null ? NOISE : noise;
      shorter.forEach(share -> requireShare("shorter", share));
      longer.forEach(share -> requireShare("longer", share));
      requireShare("noise", noise);
      requireDistinct("shorter", shorter);
      requireDistinct("longer", longer);
    }

    @Override
    public String kind() {
      return "prompts";
    }
  }

  /**
   * Does an edit reach memorized text that the method was not shown?
   *
   * @param kept share of the forget set that is kept from the method
   */
  record Reach(@Nullable Double kept) implements ChallengeSpec {
    private static final double HALF = 0.5;

    /** Fills in what was left out and checks the rest. */
    public Reach {
      kept = kept == null ? HALF : kept;
      requireShare("kept", kept);
    }

    @Override
    public String kind() {
      return "reach";
    }
  }

  private static void requireShare(String what, double share) {
    require(share > 0 && share < 1, what + " has " + share + ", must be between 0 and 1");
  }

  private static void requireDistinct(String what, List<?> values) {
    Set<Object> distinct = new HashSet<>(values);
    require(distinct.size() == values.size(), what + " lists something twice: " + values);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
