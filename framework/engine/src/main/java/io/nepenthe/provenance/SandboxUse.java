package io.nepenthe.provenance;

/**
 * How processes with plugin code were kept from the rest of the machine.
 *
 * @param asked what was asked for: "required", "auto" or "off"
 * @param used name and version of the sandbox, "none" if there was none
 */
public record SandboxUse(String asked, String used) {
  /** Returns it in words, on one line: "bubblewrap 0.8.0 (asked for: auto)". */
  public String words() {
    return used + " (asked for: " + asked + ")";
  }
}
