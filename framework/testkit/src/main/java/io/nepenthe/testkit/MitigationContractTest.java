package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.Given;
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
import java.util.HashSet;
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
  static final String OPEN_ARRAYS =
      "arrays of the weights' manager that are left open: work in try (NDScope scope = new"
          + " NDScope()) or in a sub-manager that the method closes";

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

  /** Returns what of the tiny model the descriptor asks for, and nothing else. */
  protected final Given given() {
    return TinyFixture.trained().given(descriptor().allNeeds());
  }

  /** Returns a context with what the descriptor asks for; whoever uses it closes its weights. */
  protected final MitigationContext context() {
    return TinyFixture.trained().context(given(), Set.of(), SEED, Progress.SILENT);
  }

  /** Returns the weights that the method leaves behind. */
  protected final float[] run(Map<String, Number> point) {
    return MethodRunner.run(method(), point, context());
  }

  @Test
  void testIsNamedAfterTheMethod() {
    assertEquals(
        method().getClass().getSimpleName() + "ContractTest",
        getClass().getSimpleName(),
        "the name of this test's class: the method's and ContractTest");
  }

  @Test
  void hyperparameterRecordEqualsDescriptor() {
    RecordComponent[] components = method().hyperparameters().getRecordComponents();
    assertEquals(
        List.copyOf(descriptor().hyperparameters().keySet()),
        Arrays.stream(components).map(RecordComponent::getName).toList(),
        "hyperparameters in "
            + MethodDescriptor.RESOURCE
            + " and components of the record must have the same names in the same order");
    for (RecordComponent component : components) {
      HyperparameterSpec spec = descriptor().hyperparameters().get(component.getName());
      List<Class<?>> allowed =
          spec.type() == HyperparameterSpec.Type.INTEGER
              ? List.of(int.class, long.class)
              : List.of(double.class);
      assertTrue(
          allowed.contains(component.getType()),
          () ->
              "component '%s' of the record is %s, and %s says type %s: make it one of %s, or correct the type"
                  .formatted(
                      component.getName(),
                      component.getType(),
                      MethodDescriptor.RESOURCE,
                      spec.type(),
                      allowed));
      assertFalse(
          spec.description() == null || spec.description().isBlank(),
          () ->
              "hyper-parameter '%s' has no description in %s: say in a line what it is, with its unit"
                  .formatted(component.getName(), MethodDescriptor.RESOURCE));
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
    Set<String> kinds = new TreeSet<>(descriptor().grids().keySet());
    kinds.add("a-kind-nobody-knows"); // searched at the defaults
    for (String kind : kinds) {
      for (Map<String, Number> point : descriptor().gridPoints(kind)) {
        assertDoesNotThrow(
            () -> Hyperparameters.bind(method().hyperparameters(), point),
            () -> "the record refuses a point of the grid of " + kind + ": " + point);
      }
    }
  }

  @Test
  void rangesHoldOnlyWhatTheRecordTakes() {
    descriptor()
        .hyperparameters()
        .forEach(
            (name, spec) -> {
              for (Number bound : List.of(spec.smallest(), spec.largest())) {
                Map<String, Number> point = point();
                point.put(name, spec.check(name, bound));
                assertDoesNotThrow(
                    () -> Hyperparameters.bind(method().hyperparameters(), point),
                    () ->
                        "the range of '%s' in %s holds %s, and the record refuses it: narrow the range (exclusiveMin, exclusiveMax leave a bound out)"
                            .formatted(name, MethodDescriptor.RESOURCE, bound));
              }
            });
  }

  @Test
  void readmeExplainsEveryHyperparameter() throws IOException {
    // Maven names its folder; an IDE starts there
    Path file = Path.of(System.getProperty("basedir", ""), "README.md");
    assertTrue(Files.exists(file), "there is no README.md beside the pom.xml: write one");
    String readme = Files.readString(file);
    for (String name : descriptor().hyperparameters().keySet()) {
      assertTrue(
          readme.contains("`" + name + "`"),
          "README.md does not mention `" + name + "`: say what it does");
    }
    String title = descriptor().paper().title();
    assertTrue(readme.contains(title), "README.md does not name the paper '" + title + "'");
  }

  @Test
  void sameSeedSameWeightsHoweverOftenAnInstanceIsUsed() {
    MitigationMethod<P> method = method();
    assertTrue(
        Arrays.equals(
            MethodRunner.run(method, point(), context()),
            MethodRunner.run(method, point(), context())),
        "two runs with one seed leave different weights: draw all randomness from context.random,"
            + " keep nothing in fields, iterate no HashMap or HashSet whose order matters");
  }

  @Test
  void weightsAreFiniteAndAsManyAsBefore() {
    float[] weights = run(point());
    assertEquals(
        TinyFixture.trained().model().layout().size(), weights.length, "number of weights left");
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new AssertionError(
            "weight %d is %s after the method: lower its learning rate or strength for the tiny model in tinyHyperparameters(), or guard what it divides by"
                .formatted(i, weights[i]));
      }
    }
  }

  @Test
  void leavesNoOpenArrays() {
    assumeTrue(!(method() instanceof Regularizer), "its contract test counts after a training");
    MitigationContext context = context();
    try (Weights weights = context.weights()) {
      int before = weights.manager().getManagedArrays().size();
      MethodRunner.change(method(), point(), context);
      assertEquals(before, weights.manager().getManagedArrays().size(), OPEN_ARRAYS);
    }
  }

  @Test
  void stopsWhenInterrupted() {
    assumeTrue(!(method() instanceof Regularizer), "the host stops a training");
    MitigationContext context = context();
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () -> MethodRunner.run(method(), point(), context),
          "the method was cancelled and went on: call context.progress(done, total) in its loop,"
              + " which throws, and let that through");
    } finally {
      assertTrue(
          Thread.interrupted(), "the method clears the thread's interrupt: leave it as it is");
    }
  }

  @Test
  void namesTheDataItDidNotGet() {
    for (Need need : descriptor().needs()) {
      Set<Need> others = new HashSet<>(descriptor().allNeeds());
      others.remove(need);
      MitigationContext context =
          TinyFixture.trained()
              .context(TinyFixture.trained().given(others), Set.of(), SEED, Progress.SILENT);
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> MethodRunner.run(method(), point(), context),
              () ->
                  "%s is in needs of %s, and the method runs without it: move it to optionalNeeds, or leave it out"
                      .formatted(need.id(), MethodDescriptor.RESOURCE));
      assertTrue(
          String.valueOf(e.getMessage()).contains(need.id()),
          () ->
              "without %s the method says '%s': let the context's own exception through"
                  .formatted(need.id(), e.getMessage()));
    }
  }

  @Test
  void runsWithoutWhatIsOptional() {
    assumeTrue(!descriptor().optionalNeeds().isEmpty(), "nothing is optional");
    MitigationContext context =
        TinyFixture.trained()
            .context(
                TinyFixture.trained().given(descriptor().needs()), Set.of(), SEED, Progress.SILENT);
    assertDoesNotThrow(
        () -> MethodRunner.run(method(), point(), context),
        () ->
            "without %s, which %s calls optional, the method fails: ask context.has(...) before use"
                .formatted(
                    descriptor().optionalNeeds().stream().map(Need::id).toList(),
                    MethodDescriptor.RESOURCE));
  }

  @Test
  void removesWhatItClaimsToRemove() {
    assumeTrue(removesMemorization(), "the method claims nothing on the tiny model");
    TinyFixture fixture = TinyFixture.trained();
    int before = fixture.memorization(fixture.original()).memorized();
    int after = fixture.memorization(run(point())).memorized();
    assertTrue(
        after < before,
        () ->
            "the tiny model reproduces %d rows after the method and %d before it: override tinyHyperparameters() with values that suit a model this small, or removesMemorization() if the method promises nothing of the kind"
                .formatted(after, before));
  }
}
