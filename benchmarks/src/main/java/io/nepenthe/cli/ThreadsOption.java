package io.nepenthe.cli;

import picocli.CommandLine.Option;

/** The option that says how many threads compute, of a command whose numbers depend on it. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of one operator; the last bits depend on it (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  /** Returns how many, which may be. */
  int of(String command) {
    Usage.requireWithin(command, "--threads", threads, Usage.MOST_THREADS);
    return threads;
  }

  /** Returns how many this machine has processors for. */
  static int ofMachine() {
    return Math.min(Usage.MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }
}
