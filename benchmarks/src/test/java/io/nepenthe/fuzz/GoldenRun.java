package io.nepenthe.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nepenthe.energy.EnergyInvocation;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.json.Json;
import io.nepenthe.provenance.Machine;
import io.nepenthe.runstore.StrictResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Some results of each kind of a small run, by their path in it. */
final class GoldenRun {
  private static final Path GOLDEN = Path.of("../framework/engine/src/test/resources/golden/run-3");
  private static final List<String> PARTS = List.of("", "originals", "trials", "timing");
  private static final int OF_EACH = 4;

  private final Map<String, byte[]> files = new TreeMap<>();

  private GoldenRun() {}

  static GoldenRun read() {
    GoldenRun run = new GoldenRun();
    try {
      run.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return run;
  }

  private void readAll() throws IOException {
    for (String part : PARTS) {
      try (Stream<Path> all = Files.list(GOLDEN.resolve(part))) {
        for (Path file :
            all.filter(each -> each.toString().endsWith(".json"))
                .sorted()
                .limit(OF_EACH)
                .toList()) {
          String path = GOLDEN.relativize(file).toString().replace('\\', '/');
          files.put(path, Files.readAllBytes(file));
        }
      }
    }
    EnergyUse energy =
        EnergyUse.NONE.plus(
            new EnergyInvocation(
                "2025-01-01T00:00:00Z",
                60,
                new MeasuredEnergy(1.5, null),
                new Machine("os", "cpu", 2, null)));
    files.put("energy.json", Json.pretty(StrictResults.seal(energy)).getBytes(UTF_8));
  }

  List<byte[]> whole() {
    return new ArrayList<>(files.values());
  }

  byte[] file(String path) {
    return files.get(path);
  }

  /** Returns all files, with this one in the place of the one it is most like. */
  Map<String, byte[]> with(String path, byte[] file) {
    Map<String, byte[]> all = new TreeMap<>(files);
    all.put(path, file);
    return all;
  }

  /** Returns the path of the file that this one is most like. */
  String nearest(byte[] file) {
    String best = "";
    int longest = -1;
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      int common = common(file, each.getValue());
      if (common > longest) {
        longest = common;
        best = each.getKey();
      }
    }
    return best;
  }

  private static int common(byte[] a, byte[] b) {
    int head = Arrays.mismatch(a, b);
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
}
