package io.nepenthe.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.data.Sequences;
import io.nepenthe.json.Json;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.suite.SuiteReader;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.MethodRunner;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers a protocol version promises, held against those stored when it began. What fails here
 * makes results that do not compare: it needs a new protocol version, not other golden numbers.
 */
class ProtocolNumbersTest {
  private static final List<Long> SEEDS = List.of(0L, 1L, 3L);
  private static final int PASSES = 4;
  private static final long METHOD_SEED = 1;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final TinyFixture fixture = TinyFixture.trained();

  static Stream<TaskSpec> tasks() {
    SuiteReader suites = new SuiteReader(ROOT.resolve("benchmarks/suites"));
    return Stream.of("quick", "lang-synthetic").flatMap(name -> suites.read(name).tasks().stream());
  }

  /** Methods whose numbers are stored: a new one has none until they are written. */
  static Stream<InstalledPlugin> plugins() {
    return installed().filter(plugin -> Golden.isCheckedOrStored("methods/" + plugin.id()));
  }

  private static Stream<InstalledPlugin> installed() {
    return PluginCatalog.scan(List.of(ROOT.resolve("plugins"))).all().stream();
  }

  @Test
  void everyMethodWithNumbersIsHere() {
    Set<String> missing = Golden.names("methods");
    installed().map(InstalledPlugin::id).forEach(missing::remove);
    assertEquals(Set.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void dataOfATask(TaskSpec task) {
    ObjectNode hashes = Json.mapper().createObjectNode();
    for (Fidelity fidelity : Fidelity.values()) {
      for (long seed : SEEDS) {
        hashes.put(fidelity.id() + " seed " + seed, task.build(seed, Quirk.of(fidelity)).hash());
      }
    }
    Golden.check("data/" + task.id(), hashes);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void initialWeightsOfATask(TaskSpec task) {
    ObjectNode hashes = Json.mapper().createObjectNode();
    for (long seed : SEEDS) {
      hashes.put(
          "seed " + seed,
          hash(
              task.architecture().initialValues(new RandomStreams(seed).stream("initialisation"))));
    }
    Golden.check("initialWeights/" + task.id(), hashes);
  }

  @Test
  void lossesOfATraining() {
    ArrayNode losses = Json.mapper().createArrayNode();
    try (Weights weights = fixture.initialWeights();
        Training training =
            fixture.training(
                weights, fixture.data().train(), TrainingHook.NONE, OptimizerState.FRESH)) {
      for (int pass = 0; pass < PASSES; pass++) {
        losses.add(training.pass(pass));
      }
    }
    Golden.check("losses", losses);
  }

  @Test
  void scoresOfACheckpoint() {
    Golden.check("checkpoint", scores(fixture.original()));
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void whatAMethodDoesToACheckpoint(InstalledPlugin plugin) {
    MethodDescriptor descriptor = plugin.descriptor();
    float[] before = fixture.original();
    float[] after =
        MethodRunner.run(
            LoadedPlugin.method(plugin),
            descriptor.expand(Map.of()).get(0),
            fixture.context(METHOD_SEED));
    ObjectNode row = Json.mapper().createObjectNode();
    if (descriptor.zeroes().isPresent()) { // a training moves all, but for what rounding keeps
      row.put("changed", changed(before, after));
    }
    row.put("distance", distance(before, after));
    row.setAll(scores(after));
    Golden.check("methods/" + plugin.id(), row);
  }

  private ObjectNode scores(float[] values) {
    ObjectNode scores = Json.mapper().createObjectNode();
    RowCounts memorization = fixture.memorization(values);
    scores.put("memorized", memorization.memorized());
    scores.put("eligible", memorization.eligible());
    scores.put("forgetLoss", loss(values, fixture.memorized()));
    fixture.data().tests().forEach((name, rows) -> scores.put(name + "Loss", loss(values, rows)));
    return scores;
  }

  private double loss(float[] values, Sequences rows) {
    double[] loss = new double[1];
    try (Weights weights = fixture.weights(values)) {
      Torch.withGradients(
          false,
          () ->
              loss[0] =
                  Math.log(
                      NextTokenMeasure.score(
                              fixture.model(),
                              weights.parameters(),
                              rows,
                              NextTokenMeasure.NOTHING_PREDICTABLE,
                              weights.manager())
                          .perplexity()));
    }
    return loss[0];
  }

  private static String hash(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return HexFormat.of().formatHex(ContentHash.digest(bytes.array()));
  }

  private static int changed(float[] before, float[] after) {
    int changed = 0;
    for (int i = 0; i < before.length; i++) {
      changed += before[i] == after[i] ? 0 : 1;
    }
    return changed;
  }

  private static double distance(float[] before, float[] after) {
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.pow(after[i] - before[i], 2);
    }
    return Math.sqrt(sum);
  }
}
