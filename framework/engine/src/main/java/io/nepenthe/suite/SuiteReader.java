package io.nepenthe.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.yaml.YamlFolder;
import java.nio.file.Path;
import java.util.List;

/** Finds and reads suites: YAML files in a folder. Every mistake names file, place and rule. */
public final class SuiteReader {
  private final YamlFolder<Suite> suites;

  /** Reads suites of a folder, by name, and any other file by path. */
  public SuiteReader(Path folder) {
    this.suites =
        new YamlFolder<>(
            folder,
            "suite",
            Suite.class,
            written -> {
              requireCurrent(written.path("protocol"));
              return SuiteSizes.checked(TaskVariants.expand(written));
            });
  }

  /** A suite that a run holds may be of older rules; one that is written is to be run. */
  private static void requireCurrent(JsonNode protocol) {
    if (protocol.isTextual() && !protocol.asText().equals(ProtocolVersion.CURRENT)) {
      throw new IllegalArgumentException(
          "protocol is "
              + protocol.asText()
              + ", this program measures by "
              + ProtocolVersion.CURRENT);
    }
  }

  /** Returns the names of the folder's suites, sorted. */
  public List<String> names() {
    return suites.names();
  }

  /** Returns the suite of a name, or of a path that ends with .yaml. */
  public Suite read(String nameOrPath) {
    return suites.read(nameOrPath);
  }
}
