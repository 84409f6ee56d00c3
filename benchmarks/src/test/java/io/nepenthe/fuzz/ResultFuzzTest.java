package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stored results of every kind; where nothing is said of damage, the content is what was sealed.
 */
class ResultFuzzTest extends ParserProperties {
  private final GoldenRun run = GoldenRun.read();

  @Override
  List<byte[]> whole() {
    return run.whole();
  }

  @Override
  List<String> words() {
    return List.of("\"contentHash\"", "\"schema\"", "nepenthe-trial/1", "\"failed\"", "\"seed\"");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT, ErrorCode.IO, ErrorCode.RUN_INCOMPLETE);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    String path = run.nearest(file);
    for (Map.Entry<String, byte[]> each : run.with(path, file).entrySet()) {
      Path to = place.resolve(each.getKey());
      Files.createDirectories(to.getParent());
      Files.write(to, each.getValue());
    }
    List<String> told = new ArrayList<>();
    RunStore store = new RunStore(place, told::add);
    RunReader.read(store);
    store.energy();
    assertTrue(
        told.stream().anyMatch(line -> line.contains(path)) || isSame(file, run.file(path)),
        path + " is damaged, and nothing was said");
  }

  private static boolean isSame(byte[] a, byte[] b) {
    try {
      return content(a).equals(content(b));
    } catch (IOException e) {
      return false;
    }
  }

  /** A seal's own spelling is no content. */
  private static String content(byte[] file) throws IOException {
    JsonNode json = Json.mapper().readTree(file);
    if (json instanceof ObjectNode object) {
      object.remove("contentHash");
    }
    return Json.canonical(json);
  }
}
