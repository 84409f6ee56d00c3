package io.nepenthe.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.SuiteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Suites. */
class SuiteFuzzTest extends ParserProperties {
  private static final Path SUITES = Path.of("suites");

  @Override
  List<byte[]> whole() throws IOException {
    List<byte[]> whole = new ArrayList<>();
    try (Stream<Path> suites = Files.list(SUITES)) {
      for (Path suite :
          suites.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        whole.add(Files.readAllBytes(suite));
      }
    }
    return whole;
  }

  @Override
  List<String> words() {
    return List.of(
        "seeds:",
        "tasks:",
        "kind: math",
        "grid: {ratio: [0.1]}",
        "- ",
        "  ",
        "<<: *a",
        "seeds: [7]\n",
        "seedz: [7]\n",
        "threads: 3\n",
        "fidelity: reference\n",
        " colour: red,");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_SUITE);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path suite = Files.write(place.resolve("suite.yaml"), file);
    Suite read = new SuiteReader(SUITES).read(suite.toString());
    Said.require(withoutShort(Said.yaml(file)), Json.mapper().valueToTree(read), "");
  }

  /** What is written out, or added to, is not compared. */
  private static JsonNode withoutShort(JsonNode said) {
    if (said.path("tasks").findValue("vary") != null) {
      ((ObjectNode) said).remove("tasks");
    }
    for (JsonNode task : said.path("tasks")) {
      if (task.path("training") instanceof ObjectNode training) {
        training.remove("checkpoints");
      }
    }
    return said;
  }
}
