package io.nepenthe.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What {@code doctor} found of one thing.
 *
 * @param id of the thing
 * @param state whether it will do
 * @param found what is here, in words
 * @param advice what to do about what is not, in words; empty if there is nothing to do
 */
record Finding(String id, State state, String found, String advice) {
  /** Whether it will do. */
  enum State {
    /** It will. */
    @JsonProperty("ok")
    OK,
    /** The program works without it, or with less. */
    @JsonProperty("note")
    NOTE,
    /** The program does not work. */
    @JsonProperty("missing")
    MISSING
  }

  private static final String FORMAT = "%-8s %-10s %s%n";

  static Finding ok(String id, String found) {
    return new Finding(id, State.OK, found, "");
  }

  static Finding note(String id, String found, String advice) {
    return new Finding(id, State.NOTE, found, advice);
  }

  static Finding missing(String id, String found, String advice) {
    return new Finding(id, State.MISSING, found, advice);
  }

  /** Returns what looking for a thing finds; what goes wrong then is a finding too. */
  static Finding of(String id, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (RuntimeException | LinkageError e) {
      return missing(
          id,
          Failure.of(e).line(),
          "NEPENTHE_DEBUG=1 with any command that needs it prints where that comes from.");
    }
  }

  /** Returns it in a line, and what to do in another. */
  String text() {
    String line = String.format(FORMAT, state.name().toLowerCase(Locale.ROOT), id, found);
    return advice.isEmpty() ? line : line + String.format(FORMAT, "", "", advice);
  }
}
