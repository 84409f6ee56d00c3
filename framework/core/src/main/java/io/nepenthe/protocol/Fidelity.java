package io.nepenthe.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Whether a run follows the paper's text or also its program.
 *
 * <p>{@link #CLEAN} does what the paper describes, correctly. {@link #REFERENCE} reproduces the
 * named {@linkplain Quirk quirks}, because the published numbers contain them.
 */
public enum Fidelity {
  /** What the paper describes, without the reference program's defects. */
  CLEAN,
  /** The reference program with its quirks. */
  REFERENCE;

  /** Returns the lower-case name used in suites and results. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the fidelity of that name. */
  @JsonCreator
  public static Fidelity of(String id) {
    for (Fidelity fidelity : values()) {
      if (fidelity.id().equals(id)) {
        return fidelity;
      }
    }
    throw new NepentheException(
        ErrorCode.BAD_SUITE, "fidelity is '" + id + "', must be 'clean' or 'reference'");
  }
}
