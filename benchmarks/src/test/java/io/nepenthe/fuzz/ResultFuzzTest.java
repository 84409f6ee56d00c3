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
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Stored results of every kind; where nothing is said of damage, the content is what was sealed.
 */
class ResultFuzzTest extends ParserProperties {
  private static final Path GOLDEN = Path.of("../framework/engine/src/test/resources/golden/run-3");
  private static final List<String> PARTS = List.of("", "originals", "trials", "timing");

  private final Map<String, byte[]> run = new TreeMap<>();

  @Override
  List<byte[]> whole() throws IOException {
    for (String part : PARTS) {
      try (Stream<Path> files = Files.list(GOLDEN.resolve(part))) {
        for (Path file :
            files.filter(each -> each.toString().endsWith(".json")).sorted().limit(4).toList()) {
          run.put(GOLDEN.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return new ArrayList<>(run.values());
  }

  @Override
  List<String> words() {
    return List.of("\"contentHash\"", "\"schema\"", "nepenthe-trial/1", "\"failed\"", "\"seed\"");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT, ErrorCode.IO, ErrorCode.RUN_INCOMPLETE);
  }

  /** Puts the file in the place of the one it is most like. */
  @Override
  void read(byte[] file, Path place) throws IOException {
    String name = nearest(file);
    for (Map.Entry<String, byte[]> each : run.entrySet()) {
      Path to = place.resolve(each.getKey());
      Files.createDirectories(to.getParent());
      Files.write(to, each.getKey().equals(name) ? file : each.getValue());
    }
    List<String> warnings = new ArrayList<>();
    RunReader.read(new RunStore(place, warnings::add));
    boolean isTold = warnings.stream().anyMatch(line -> line.contains(name));
    boolean isUnread = name.equals("plan.json"); // a reader goes by the definition
    assertTrue(
        isUnread || isTold || isSame(file, run.get(name)),
        name + " is damaged, and nothing was said");
  }

  private String nearest(byte[] file) {
    String best = "";
    int longest = -1;
    for (Map.Entry<String, byte[]> each : run.entrySet()) {
      int common = common(file, each.getValue());
      if (common > longest) {
        longest = common;
        best = each.getKey();
      }
    }
    return best;
  }

  private static int common(byte[] a, byte[] b) {
    int head = java.util.Arrays.mismatch(a, b);
    if (head < 0) {
      return Integer.MAX_VALUE;
    }
    int tail = 0;
    while (tail < Math.min(a.length, b.length) - head
        && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
      tail++;
    }
    return head + tail;
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
