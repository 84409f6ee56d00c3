package io.nepenthe.spark;

import java.io.PrintStream;

/**
 * What the driver says on standard output, a line each, the kind in front: for people, and for the
 * command that started it.
 */
final class DriverLines {
  private final PrintStream out;

  DriverLines(PrintStream out) {
    this.out = out;
  }

  /** Says how many of the units that were asked for are done. */
  void progress(int done, int asked) {
    say("progress", done + " " + asked);
  }

  /** Says what a person may want to know. */
  void warn(String line) {
    say("warning", line);
  }

  /** Says why the driver ends. */
  void error(String line) {
    say("error", line);
  }

  private void say(String kind, String line) {
    out.println(kind + " " + line.replaceAll("\\s+", " ").strip());
    out.flush();
  }
}
