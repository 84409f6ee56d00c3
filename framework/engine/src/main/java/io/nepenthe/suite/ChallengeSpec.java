package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.attack.MembershipScores;
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
  @JsonSubTypes.Type(value = ChallengeSpec.Membership.class, name = "membership"),
  @JsonSubTypes.Type(value = ChallengeSpec.Exposure.class, name = "exposure"),
  @JsonSubTypes.Type(value = ChallengeSpec.Reach.class, name = "reach"),
  @JsonSubTypes.Type(value = ChallengeSpec.Distance.class, name = "distance")
})
public sealed interface ChallengeSpec {
  /** As many tell areas of 0.5 and 0.6 apart. */
  int ROWS = 512;

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
   * @param rate learning rate, as a share of the one that the task's model was trained with
   * @param attacks true to measure membership inference and exposure, too; null if not
   */
  record Relearning(
      @Nullable Integer artifacts,
      @Nullable List<Integer> steps,
      @Nullable Double rate,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean attacks)
      implements ChallengeSpec {
    private static final int ARTIFACTS = 16;
    private static final double RATE = 0.1;
    private static final List<Integer> STEPS = List.of(0, 1, 2, 4, 8, 16);

    /** Fills in what was left out and checks the rest. */
    @JsonCreator
    public Relearning {
      attacks = Boolean.TRUE.equals(attacks) ? attacks : null;
      artifacts = artifacts == null ? ARTIFACTS : artifacts;
      steps = steps == null ? STEPS : List.copyOf(steps);
      rate = rate == null ? RATE : rate;
      require(artifacts >= 1, "artifacts is " + artifacts + ", must be at least 1");
      require(!steps.isEmpty(), "steps is empty, must list at least one");
      require(rate > 0 && rate <= 1, "rate is " + rate + ", must be above 0 and at most 1");
      for (int i = 0; i < steps.size(); i++) {
        require(
            steps.get(i) >= 0 && (i == 0 || steps.get(i) > steps.get(i - 1)),
            "steps is " + steps + ", must rise from 0 or more");
      }
    }

    /** Makes one that measures metrics only. */
    public Relearning(@Nullable Integer artifacts, @Nullable List<Integer> steps) {
      this(artifacts, steps, null, null);
    }

    /** Returns whether attacks are measured, too. */
    @JsonIgnore
    public boolean isAttacked() {
      return attacks != null;
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
   * @param attacks true to measure membership inference and exposure, too; null if not
   */
  record Rounding(
      @Nullable List<String> formats,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean attacks)
      implements ChallengeSpec {
    /** Every format there is. */
    public static final List<String> FORMATS = List.of("int8", "int4", "fp8");

    /** Fills in what was left out and checks the rest. */
    @JsonCreator
    public Rounding {
      attacks = Boolean.TRUE.equals(attacks) ? attacks : null;
      formats = formats == null ? FORMATS : List.copyOf(formats);
      require(!formats.isEmpty(), "formats is empty, must list at least one of " + FORMATS);
      for (String format : formats) {
        require(FORMATS.contains(format), "formats has '" + format + "', must be of " + FORMATS);
      }
      requireDistinct("formats", formats);
    }

    /** Makes one that measures metrics only. */
    public Rounding(@Nullable List<String> formats) {
      this(formats, null);
    }

    /** Returns whether attacks are measured, too. */
    @JsonIgnore
    public boolean isAttacked() {
      return attacks != null;
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

  /**
   * Can one tell from probabilities what the model was trained on?
   *
   * @param rows how many planted rows are looked at, and how many that were never planted
   * @param share of a row's tokens that Min-K% looks at
   */
  record Membership(@Nullable Integer rows, @Nullable Double share) implements ChallengeSpec {
    /** Fills in what was left out and checks the rest. */
    public Membership {
      rows = rows == null ? ROWS : rows;
      share = share == null ? MembershipScores.SHARE : share;
      requireRows(rows);
      require(share > 0 && share <= 1, "share is " + share + ", must be above 0 and at most 1");
    }

    @Override
    public String kind() {
      return "membership";
    }
  }

  /**
   * How far does each artifact stand out among others that were never planted?
   *
   * @param rows how many planted rows are looked at, and how many that were never planted
   */
  record Exposure(@Nullable Integer rows) implements ChallengeSpec {
    /** Fills in what was left out and checks the rest. */
    public Exposure {
      rows = rows == null ? ROWS : rows;
      requireRows(rows);
    }

    @Override
    public String kind() {
      return "exposure";
    }
  }

  /**
   * How far is the model from the one that was trained without artifacts?
   *
   * @param rows how many rows of each test set are looked at, and how many artifact rows
   */
  record Distance(@Nullable Integer rows) implements ChallengeSpec {
    /** Fills in what was left out and checks the rest. */
    public Distance {
      rows = rows == null ? ROWS : rows;
      requireRows(rows);
    }

    @Override
    public String kind() {
      return "distance";
    }
  }

  private static void requireRows(int rows) {
    require(rows >= 2, "rows is " + rows + ", must be at least 2");
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
