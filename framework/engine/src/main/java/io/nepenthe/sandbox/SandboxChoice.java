package io.nepenthe.sandbox;

/** Whether plugin code is to run in a sandbox. */
public enum SandboxChoice {
  /** In one, or not at all. */
  REQUIRED,
  /** In one where the system offers it. */
  AUTO,
  /** In none. */
  OFF
}
