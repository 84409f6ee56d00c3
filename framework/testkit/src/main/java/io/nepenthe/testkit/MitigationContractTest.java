package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.HyperparameterSpec;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * What every mitigation method promises. A plugin's test extends this class, or {@link
 * UnlearningContractTest} if the method edits weights, and says what it tests.
 *
 * @param <P> record of the method's hyper-parameters
 */
@SuppressWarnings("JUnitClassModifiers") // plugins extend it
public abstract class MitigationContractTest<P extends Record> {
  static final long SEED = 1;

  /** Returns a new instance of the method. */
  protected abstract MitigationMethod<P> method();

  /** Returns true if the method claims to remove memorized text; controls may not. */
  protected boolean removesMemorization() {
    return descriptor().family() == Family.UNLEARNING;
  }

  /** Returns values that suit the tiny model better than the defaults do; none. */
  protected Map<String, Number> tinyHyperparameters() {
    return Map.of();
  }

  /** Returns the descriptor in the plugin's resources. */
  protected final MethodDescriptor descriptor() {
    String resource = "/" + MethodDescriptor.RESOURCE;
    try (InputStream json = method().getClass().getResourceAsStream(resource)) {
      if (json == null) {
        throw new IllegalStateException("there is no src/main/resources" + resource);
      }
      return MethodDescriptor.read(json.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /** Returns the defaults, with {@link #tinyHyperparameters} in their place. */
  protected final Map<String, Number> point() {
    Map<String, Number> point = new LinkedHashMap<>(descriptor().expand(Map.of()).get(0));
    point.putAll(tinyHyperparameters());
    return point;
  }

  /** Returns the tiny model's rows that the descriptor asks for, and no others. */
  protected final Map<Need, Sequences> rows() {
    Map<Need, Sequences> rows = new EnumMap<>(Need.class);
    rows.putAll(TinyFixture.trained().rows());
    rows.keySet().retainAll(descriptor().needs());
    return rows;
  }

  /** Returns a context with what the descriptor asks for; whoever uses it closes its weights. */
  protected final MitigationContext context() {
    return TinyFixture.trained().context(rows(), Set.of(), SEED, Progress.SILENT);
  }

  /** Returns the weights that the method leaves behind. */
  protected final float[] run(Map<String, Number> point) {
    return MethodRunner.run(method(), point, context());
  }

  @Test
  void testIsNamedAfterTheMethod() {
    assertEquals(method().getClass().getSimpleName() + "ContractTest", getClass().getSimpleName());
  }

  @Test
  void hyperparameterRecordEqualsDescriptor() {
    RecordComponent[] components = method().hyperparameters().getRecordComponents();
    assertEquals(
        List.copyOf(descriptor().hyperparameters().keySet()),
        Arrays.stream(components).map(RecordComponent::getName).toList(),
        "names in " + MethodDescriptor.RESOURCE + " and in the record, in order");
    for (RecordComponent component : components) {
      HyperparameterSpec spec = descriptor().hyperparameters().get(component.getName());
      List<Class<?>> allowed =
          spec.type() == HyperparameterSpec.Type.INTEGER
              ? List.of(int.class, long.class)
              : List.of(double.class);
      assertTrue(allowed.contains(component.getType()), component + " is " + spec.type());
      assertFalse(spec.description().isBlank(), component.getName() + " has no description");
    }
  }

  @Test
  void familyEqualsInterface() {
    assertDoesNotThrow(() -> descriptor().requireFits(method().getClass()));
  }

  @Test
  void changesOnlyWhatEditsNames() {
    assumeTrue(!(method() instanceof Regularizer), "training changes every tensor");
    Map<String, Long> changed = TinyFixture.trained().changed(run(point()));
    descriptor()
        .forbidden(changed, TinyFixture.trained().model())
        .ifPresent(
            why -> {
              throw new AssertionError(why);
            });
  }

  @Test
  void everyGridPointMakesARecord() {
    Map<String, Map<String, List<Object>>> grids = descriptor().grids();
    Set<String> kinds = new TreeSet<>(grids.keySet());
    kinds.add("a-kind-nobody-knows"); // searched at the defaults
    for (String kind : kinds) {
      for (Map<String, Number> point : descriptor().gridPoints(kind)) {
        assertDoesNotThrow(() -> Hyperparameters.bind(method().hyperparameters(), point));
      }
    }
  }

  @Test
  void rangesHoldOnlyWhatTheRecordTakes() {
    descriptor()
        .hyperparameters()
        .forEach(
            (name, spec) -> {
              for (double bound : List.of(spec.min(), spec.max())) {
                Map<String, Number> point = point();
                point.put(name, spec.check(name, bound));
                assertDoesNotThrow(() -> Hyperparameters.bind(method().hyperparameters(), point));
              }
            });
  }

  @Test
  void readmeExplainsEveryHyperparameter() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (String name : descriptor().hyperparameters().keySet()) {
      assertTrue(readme.contains("`" + name + "`"), "README.md does not mention `" + name + "`");
    }
    assertTrue(readme.contains(descriptor().paper().title()), "README.md does not name the paper");
  }

  @Test
  void sameSeedSameWeightsHoweverOftenAnInstanceIsUsed() {
    MitigationMethod<P> method = method();
    assertArrayEquals(
        MethodRunner.run(method, point(), context()), MethodRunner.run(method, point(), context()));
  }

  @Test
  void weightsAreFiniteAndAsManyAsBefore() {
    float[] weights = run(point());
    assertEquals(TinyFixture.trained().model().layout().size(), weights.length);
    for (float weight : weights) {
      assertTrue(Float.isFinite(weight), "a weight is " + weight);
    }
  }

  @Test
  void leavesNoOpenArrays() {
    assumeTrue(!(method() instanceof Regularizer), "its contract test counts after a training");
    MitigationContext context = context();
    try (Weights weights = context.weights()) {
      int before = weights.manager().getManagedArrays().size();
      MethodRunner.change(method(), point(), context);
      assertEquals(before, weights.manager().getManagedArrays().size());
    }
  }

  @Test
  void stopsWhenInterrupted() {
    assumeTrue(!(method() instanceof Regularizer), "the host stops a training");
    MitigationContext context = context();
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> MethodRunner.run(method(), point(), context));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void namesTheDataItDidNotGet() {
    for (Need need : descriptor().needs()) {
      Map<Need, Sequences> rows = rows();
      rows.remove(need);
      MitigationContext context =
          TinyFixture.trained().context(rows, Set.of(), SEED, Progress.SILENT);
      String message =
          assertThrows(
                  IllegalStateException.class, () -> MethodRunner.run(method(), point(), context))
              .getMessage();
      assertTrue(message.contains(need.id()), message);
    }
  }

  @Test
  void removesWhatItClaimsToRemove() {
    assumeTrue(removesMemorization(), "the method claims nothing on the tiny model");
    TinyFixture fixture = TinyFixture.trained();
    int before = fixture.memorization(fixture.original()).memorized();
    int after = fixture.memorization(run(point())).memorized();
    assertTrue(after < before, after + " rows are left of " + before);
  }
}
