package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.plugin.HyperparameterSpec.Step;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What methods that edit weights promise beyond {@link MitigationContractTest}.
 *
 * @param <P> record of the method's hyper-parameters
 */
@SuppressWarnings("JUnitClassModifiers") // plugins extend it
public abstract class UnlearningContractTest<P extends Record> extends MitigationContractTest<P> {
  /** Returns the grid whose points are compared with runs alone: math's, unless it takes long. */
  protected Map<String, List<Object>> tinyGrid() {
    return descriptor().grid("math").orElse(Map.of());
  }

  @Test
  void leavesTheWeightsItAlwaysDid() throws IOException {
    Map<String, float[]> edited = new TreeMap<>();
    for (Fidelity fidelity : Fidelity.values()) {
      MitigationContext context =
          TinyFixture.trained().context(given(), Quirk.of(fidelity), SEED, Progress.SILENT);
      edited.put(fidelity.id(), MethodRunner.run(method(), point(), context));
    }
    if (GoldenEdit.isToBeWritten()) {
      GoldenEdit.write(edited);
    }
    Map<String, String> before = GoldenEdit.read();
    assumeFalse(before.isEmpty(), "nothing was written with the last bits of this machine");
    assertEquals(
        before,
        GoldenEdit.hashes(edited),
        "the weights it leaves are not those that were written down for this machine's arithmetic");
  }

  @Test
  void localizationLeavesWeightsUnchanged() {
    MitigationContext context = context();
    localize(localized(), List.of(hyperparameters(point())), context);
    assertTrue(
        Arrays.equals(TinyFixture.trained().original(), context.weights().toFloats()),
        "localize changes the weights: put them back before it returns, or edit a copy");
    context.weights().close();
  }

  @Test
  void gridPointsThatShareALocalizationGetTheWeightsOfRunsAlone() {
    LocalizedUnlearning<P, ?> method = localized();
    List<Map<String, Number>> points = sharingPoints();
    List<float[]> shared = sharedRun(method, points);
    for (int i = 0; i < points.size(); i++) {
      Map<String, Number> point = points.get(i);
      assertTrue(
          Arrays.equals(run(point), shared.get(i)),
          () ->
              "localized together with others, the point %s leaves other weights than alone: a hyper-parameter that changes what is found needs affects \"localization\" in %s"
                  .formatted(point, MethodDescriptor.RESOURCE));
    }
  }

  private <L> List<float[]> sharedRun(
      LocalizedUnlearning<P, L> method, List<Map<String, Number>> points) {
    List<P> records = points.stream().map(this::hyperparameters).toList();
    MitigationContext localizing = context();
    Map<P, L> found = localize(method, records, localizing);
    List<float[]> edited = new ArrayList<>();
    for (P point : records) {
      MitigationContext context = context();
      method.edit(found.get(point), point, context);
      edited.add(context.weights().toFloats());
      context.weights().close();
    }
    localizing.weights().close();
    return edited;
  }

  private <L> Map<P, L> localize(
      LocalizedUnlearning<P, L> method, List<P> points, MitigationContext context) {
    Map<P, L> found = new HashMap<>();
    method.localize(points, context, found::put);
    assertEquals(Set.copyOf(points), found.keySet(), "points for which localize calls found.put");
    return found;
  }

  /** Returns the tiny grid in what does not change the localization, the rest as in point(). */
  private List<Map<String, Number>> sharingPoints() {
    Map<String, List<Object>> grid = new LinkedHashMap<>();
    point().forEach((name, value) -> grid.put(name, List.of(value)));
    tinyGrid()
        .forEach(
            (name, values) -> {
              if (descriptor().hyperparameters().get(name).affects() != Step.LOCALIZATION) {
                grid.put(name, values);
              }
            });
    return descriptor().expand(grid);
  }

  private P hyperparameters(Map<String, Number> point) {
    return Hyperparameters.bind(method().hyperparameters(), point);
  }

  private LocalizedUnlearning<P, ?> localized() {
    MitigationMethod<P> method = method();
    assumeTrue(method instanceof LocalizedUnlearning, "the method does not split");
    return (LocalizedUnlearning<P, ?>) method;
  }
}
