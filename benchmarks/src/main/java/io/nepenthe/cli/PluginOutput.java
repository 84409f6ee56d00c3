package io.nepenthe.cli;

import java.io.FilterOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Keeps standard output clean of what a plugin prints in this process. */
final class PluginOutput {
  private PluginOutput() {}

  /** Returns the body's result; what it prints meanwhile goes to standard error. */
  static <T> T toStandardError(Supplier<T> body) {
    PrintStream standard = System.out;
    System.setOut(new PrintStream(new KeptOpen(System.err), true, StandardCharsets.UTF_8));
    try {
      return body.get();
    } finally {
      System.setOut(standard);
    }
  }

  /** A plugin that closes standard output does not close standard error. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(PrintStream stream) {
      super(stream);
    }

    @Override
    public void close() {
      // whoever opened it closes it
    }
  }
}
