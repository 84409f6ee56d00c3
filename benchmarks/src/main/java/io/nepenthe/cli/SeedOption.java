package io.nepenthe.cli;

import picocli.CommandLine.Option;

/** The option that says where all randomness comes from. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  long seed() {
    return seed;
  }
}
