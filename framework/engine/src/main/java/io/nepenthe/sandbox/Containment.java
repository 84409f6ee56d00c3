package io.nepenthe.sandbox;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.SandboxUse;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How processes with plugin code are kept.
 *
 * @param asked what the user asked for
 * @param sandbox what is used
 */
public record Containment(SandboxChoice asked, Sandbox sandbox) {
  /** No sandbox, as asked for. */
  public static final Containment OFF = new Containment(SandboxChoice.OFF, Sandbox.NONE);

  /**
   * Returns what a machine offers for a choice.
   *
   * @param offer what it offers; asked only if the choice depends on it
   * @param warnings told, in one line, what a choice of {@link SandboxChoice#AUTO} does not get
   * @throws NepentheException if a sandbox is required, and there is none
   */
  public static Containment of(
      SandboxChoice asked, Supplier<SandboxOffer> offer, Consumer<String> warnings) {
    if (asked == SandboxChoice.OFF) {
      return OFF;
    }
    SandboxOffer found = offer.get();
    if (!found.sandbox().contains()) {
      if (asked == SandboxChoice.REQUIRED) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "no sandbox: "
                + found.lack()
                + ". Mend that, or give --sandbox auto to run plugins with your own rights.");
      }
      warnings.accept("plugins run with your own rights, without a sandbox: " + found.lack());
    }
    return new Containment(asked, found.sandbox());
  }

  /** Returns the same for programs that may hold no more memory than that. */
  public Containment within(long bytes) {
    return new Containment(asked, sandbox.within(bytes));
  }

  /** Returns it as results record it. */
  public SandboxUse use() {
    return new SandboxUse(asked.name().toLowerCase(Locale.ROOT), sandbox.name());
  }
}
