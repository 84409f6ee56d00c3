package io.nepenthe.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A script that answers as nvidia-smi does: with what stands in a file beside it. */
record FakeSmi(Path folder) {
  List<String> command() throws IOException {
    Path script = folder.resolve("smi");
    Files.writeString(script, "cat '" + folder.resolve("answer") + "'\n");
    return List.of("sh", script.toString());
  }

  void answers(String text) throws IOException {
    Files.writeString(folder.resolve("answer"), text);
  }

  void answersNoMore() throws IOException {
    Files.delete(folder.resolve("answer"));
  }
}
