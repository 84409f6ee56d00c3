package io.nepenthe.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nepenthe.json.Json;
import io.nepenthe.metric.Metrics;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.SelectionSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the hand-made sweeps of {@code golden/}: each says why its winner wins. */
class GoldenSelectionTest {
  static Stream<Path> sweeps() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(GoldenSelectionTest.class.getResource("golden"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void choosesWhatTheSweepExpects(Path file) throws IOException {
    Sweep sweep = Json.mapper().readValue(file.toFile(), Sweep.class);
    List<Sweep.Trial> trials = new ArrayList<>(sweep.trials());
    TaskSelection selection = select(sweep, trials);
    Map<String, String> names = new HashMap<>();
    trials.forEach(trial -> names.put(trial.result().id(), trial.name()));
    assertEquals(trials.size(), names.size(), "two trials are the same");
    sweep
        .expected()
        .forEach(
            (method, expected) ->
                check(sweep.why(), expected, selection.of(method).orElseThrow(), names));
    Collections.reverse(trials);
    assertEquals(ofMethods(selection), ofMethods(select(sweep, trials)), "order matters");
  }

  private static TaskSelection select(Sweep sweep, List<Sweep.Trial> trials) {
    Map<String, List<TrialResult>> byMethod = new LinkedHashMap<>();
    for (Sweep.Trial trial : trials) {
      TrialResult result = trial.result();
      byMethod.computeIfAbsent(result.identity().method(), id -> new ArrayList<>()).add(result);
    }
    SelectionSpec rules = SelectionSpec.of(sweep.kind()).limitedBy("extra-fine-tuning");
    return TaskSelection.of("task", rules, sweep.seeds(), byMethod);
  }

  private static Map<String, MethodSelection> ofMethods(TaskSelection selection) {
    Map<String, MethodSelection> methods = new TreeMap<>();
    selection.methods().forEach(method -> methods.put(method.method(), method));
    return methods;
  }

  private static void check(
      String why, Sweep.Expected expected, MethodSelection selected, Map<String, String> names) {
    Map<Long, String> winners = new TreeMap<>();
    selected.winners().forEach((seed, winner) -> winners.put(seed, names.get(winner.trial())));
    assertEquals(expected.winners(), winners, why);
    Map<String, String> excluded = new TreeMap<>();
    selected.excluded().forEach(each -> excluded.put(names.get(each.trial()), each.reason()));
    assertEquals(expected.excluded(), excluded, why);
    assertEquals(expected.notes(), selected.notes(), why);
    check(why, expected.shared(), selected.shared(), names);
  }

  private static void check(
      String why, Sweep.Shared expected, SharedSetting selected, Map<String, String> names) {
    if (expected == null) {
      assertNull(selected, why);
      return;
    }
    Map<Long, String> trials = new TreeMap<>();
    selected.trials().forEach((seed, id) -> trials.put(seed, names.get(id)));
    assertEquals(expected.trials(), trials, why);
    assertEquals(expected.validationScore(), selected.validationScore(), 1e-12, why);
    assertEquals(
        expected.holdoutMemorized(),
        Objects.requireNonNull(selected.holdout().of(Metrics.MEMORIZED)).values(),
        why);
    assertEquals(expected.note(), selected.note(), why);
  }
}
