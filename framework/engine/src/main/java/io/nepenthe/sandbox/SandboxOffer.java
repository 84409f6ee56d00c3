package io.nepenthe.sandbox;

/**
 * What a machine offers.
 *
 * @param sandbox the sandbox; {@link Sandbox#NONE} if there is none that works
 * @param lack why there is none, in words; empty if there is one
 */
public record SandboxOffer(Sandbox sandbox, String lack) {
  static SandboxOffer of(Sandbox sandbox) {
    return new SandboxOffer(sandbox, "");
  }

  static SandboxOffer lacking(String why) {
    return new SandboxOffer(Sandbox.NONE, why);
  }
}
