package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.json.Json;
import io.nepenthe.leaderboard.Leaderboard;
import io.nepenthe.leaderboard.LeaderboardWriter;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.SelectionDocument;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing depends on what the plugins of a run are called: a stored run whose methods have other
 * ids, in another order of the alphabet, gives the same reports but for the names.
 */
class RenamedMethodsTest {
  private static final Path GOLDEN = Path.of("../framework/engine/src/test/resources/golden/run-3");

  @TempDir private Path folder;
  private final Map<String, String> newIds = new TreeMap<>();
  private final Map<String, String> newTrials = new LinkedHashMap<>();
  private StoredRun run;
  private StoredRun renamed;

  @BeforeEach
  void rename() throws IOException {
    RunStore golden = copy();
    run = RunReader.read(golden);
    int last = 99;
    for (String id : new TreeSet<>(run.info().methods())) {
      newIds.put(id, "renamed-" + last--);
    }
    RunStore store = new RunStore(folder.resolve("renamed"), RenamedMethodsTest::fail);
    store.create();
    store.put(renamed(golden.definition()));
    for (TrialResult trial : golden.trials()) {
      store.put(renamed(trial));
    }
    golden.originals().forEach(store::put);
    golden.timings().forEach(timing -> store.put(renamed(timing)));
    renamed = RunReader.read(store);
  }

  private static void fail(String line) {
    throw new AssertionError(line);
  }

  private RunStore copy() throws IOException {
    Path copy = folder.resolve("golden");
    try (Stream<Path> all = Files.walk(GOLDEN)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(GOLDEN.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new RunStore(copy, RenamedMethodsTest::fail);
  }

  /** Renames by the JSON, so that no field is forgotten that a later schema adds. */
  private RunFile renamed(RunFile file) {
    List<RunMethod> methods =
        file.methods().stream()
            .map(
                each ->
                    new RunMethod(
                        newId(each.id()),
                        each.version(),
                        each.sha256(),
                        each.descriptor(),
                        each.grids()))
            .toList();
    Map<String, SelectionSpec> selection = new LinkedHashMap<>();
    file.selection()
        .forEach((task, rules) -> selection.put(task, rules.limitedBy(newId(rules.limit()))));
    return new RunFile(
        file.schema(),
        Json.mapper().convertValue(suite(file), file.suite().getClass()),
        methods,
        file.quirks(),
        selection,
        file.secondsByPhase(),
        file.provenance());
  }

  private Object suite(RunFile file) {
    var suite = Json.mapper().valueToTree(file.suite());
    for (var method : suite.path("methods")) {
      ((com.fasterxml.jackson.databind.node.ObjectNode) method)
          .put("id", newId(method.path("id").asText()));
    }
    ((com.fasterxml.jackson.databind.node.ObjectNode) suite.path("selection"))
        .put("limit", newId(suite.path("selection").path("limit").asText()));
    return suite;
  }

  private String newId(String id) {
    String found = newIds.get(id);
    assertTrue(found != null, id);
    return found;
  }

  private TrialResult renamed(TrialResult trial) {
    var json = (com.fasterxml.jackson.databind.node.ObjectNode) Json.mapper().valueToTree(trial);
    ((com.fasterxml.jackson.databind.node.ObjectNode) json.path("identity"))
        .put("method", newId(trial.identity().method()));
    TrialIdentity identity = Json.mapper().convertValue(json.path("identity"), TrialIdentity.class);
    newTrials.put(trial.id(), RunStore.id(identity));
    json.put("id", RunStore.id(identity));
    return Json.mapper().convertValue(json, TrialResult.class);
  }

  private TimingResult renamed(TimingResult timing) {
    var json = (com.fasterxml.jackson.databind.node.ObjectNode) Json.mapper().valueToTree(timing);
    json.put("method", newId(timing.method()));
    for (var shot : json.path("shots")) {
      ((com.fasterxml.jackson.databind.node.ObjectNode) shot)
          .put("trialId", newTrials.get(shot.path("trialId").asText()));
    }
    return Json.mapper().convertValue(json, TimingResult.class);
  }

  /** Returns a text of the renamed run with the old names. */
  private String oldNames(String text) {
    String old = text;
    for (Map.Entry<String, String> trial : newTrials.entrySet()) {
      old = old.replace(trial.getValue(), trial.getKey());
      old = old.replace(shortened(trial.getValue()), shortened(trial.getKey()));
    }
    for (Map.Entry<String, String> id : newIds.entrySet()) {
      old = old.replace(id.getValue(), id.getKey());
    }
    return old;
  }

  /** Returns the end of a trial's id, as pages print it. */
  private static String shortened(String trial) {
    return trial.substring(trial.length() - 8);
  }

  private static Map<String, String> texts(Path place) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = place.relativize(file).toString();
        if (!name.endsWith(".png") && !name.endsWith(".pdf")) {
          texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  private void assertSame(Path expected, Path actual) throws IOException {
    Map<String, String> old = texts(expected);
    Map<String, String> found = new TreeMap<>();
    texts(actual).forEach((name, text) -> found.put(oldNames(name), oldNames(text)));
    assertFalse(old.isEmpty());
    assertEquals(old.keySet(), found.keySet());
    old.forEach((name, text) -> assertEquals(read(name, text), read(name, found.get(name)), name));
  }

  /** The list of a report's files is in the alphabet's order. */
  private static Object read(String name, String text) {
    return name.endsWith("manifest.txt") ? new TreeSet<>(text.lines().toList()) : text;
  }

  @Test
  void pageTablesAndFiguresDoNotChangeButForTheNames() throws IOException {
    ReportWriter.write(run, folder.resolve("a/report"));
    ReportWriter.write(renamed, folder.resolve("b/report"));
    assertSame(folder.resolve("a"), folder.resolve("b"));
    Map<String, String> report = texts(folder.resolve("a"));
    assertTrue(report.containsKey("report/paper.csv"), report.keySet().toString());
    assertTrue(
        report.keySet().stream().anyMatch(name -> name.contains("tradeoff-groups")),
        "figures by what methods edit are among them");
  }

  @Test
  void theLeaderboardDoesNotChangeButForTheNames() throws IOException {
    LeaderboardWriter.write(Leaderboard.of(List.of(run)), folder.resolve("a"));
    LeaderboardWriter.write(Leaderboard.of(List.of(renamed)), folder.resolve("b"));
    assertSame(folder.resolve("a"), folder.resolve("b"));
  }

  @Test
  void whatWasChosenDoesNotChangeButForTheNames() {
    assertEquals(
        Json.pretty(SelectionDocument.of(run)),
        oldNames(Json.pretty(SelectionDocument.of(renamed))));
    assertEquals(Json.pretty(run.summary()), oldNames(Json.pretty(renamed.summary())));
  }
}
