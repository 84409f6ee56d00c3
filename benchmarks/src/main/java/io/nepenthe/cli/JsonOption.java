package io.nepenthe.cli;

import io.nepenthe.json.Json;
import picocli.CommandLine.Option;

/** The {@code --json} option: nothing but JSON on standard output. */
final class JsonOption {
  @Option(names = "--json", description = "Print JSON, and nothing else, to standard output.")
  private boolean json;

  boolean chosen() {
    return json;
  }

  /** Prints the value as JSON, or else the text. */
  void print(Object value, String text) {
    System.out.print(json ? Json.pretty(value) : text);
    System.out.flush();
  }
}
