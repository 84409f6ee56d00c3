package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** The {@code --json} option: nothing but JSON on standard output. */
final class JsonOption {
  @Option(names = "--json", description = "Print JSON, and nothing else, to standard output.")
  private boolean json;

  boolean chosen() {
    return json;
  }

  /**
   * Prints the value as JSON, in UTF-8 whatever the terminal's charset is, or else the text.
   *
   * @throws NepentheException with IO if the JSON cannot be written
   */
  void print(Object value, String text) {
    if (!json) {
      System.out.print(Words.printable(text));
      System.out.flush();
      return;
    }
    System.out.writeBytes(StrictJson.pretty(value).getBytes(StandardCharsets.UTF_8));
    if (System.out.checkError()) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write the JSON to standard output. Is its disk full, or its reader gone?");
    }
  }
}
