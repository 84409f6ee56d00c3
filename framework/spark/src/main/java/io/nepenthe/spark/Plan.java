package io.nepenthe.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the folder of a plan says of its units. Seals and hashes are checked by each unit's process,
 * which has the program that wrote them.
 *
 * @param name of the suite
 * @param threads that one operator of a unit uses
 * @param isOnGpu whether its units compute on a GPU
 * @param units in the order of their index
 */
record Plan(String name, int threads, boolean isOnGpu, List<PlannedUnit> units) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Plan {
    units = List.copyOf(units);
  }

  static Plan read(Path folder) throws IOException {
    JsonNode suite = JSON.readTree(folder.resolve("run.json").toFile()).path("suite");
    return new Plan(
        suite.path("name").asText("a suite"),
        Math.max(1, suite.path("threads").asInt(1)),
        !suite.path("device").asText("cpu").equals("cpu"),
        units(folder.resolve("units.jsonl")));
  }

  private static List<PlannedUnit> units(Path file) throws IOException {
    List<PlannedUnit> units = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        PlannedUnit unit = PlannedUnit.of(JSON.readTree(line));
        if (unit.index() != units.size()
            || unit.after().stream().anyMatch(each -> each < 0 || each >= unit.index())) {
          throw new IOException(
              file + ", line " + (units.size() + 1) + ": it is no unit of a plan. Plan anew.");
        }
        units.add(unit);
      }
    }
    return units;
  }
}
