package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.model.Architectures;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

  /** Returns values in place of those that {@code contract} of the descriptor has; none. */
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

  /** Returns the point at which the method is run. */
  protected final Map<String, Number> point() {
    Map<String, Number> point = new LinkedHashMap<>(descriptor().contractPoint());
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

  /** Returns what is checked, in a fidelity. */
  final ContractSubject<P> subject(Fidelity fidelity) {
    return new ContractSubject<>(this::method, descriptor(), point(), fidelity);
  }

  /** Checks those promises that a method of its kind makes. */
  final void keeps(ContractRule... rules) {
    ContractSubject<P> subject = subject(Fidelity.CLEAN);
    List<ContractRule> own = Arrays.stream(rules).filter(rule -> rule.appliesTo(subject)).toList();
    assumeTrue(!own.isEmpty(), "a method of another kind promises this");
    own.forEach(rule -> keeps(rule, subject));
  }

  static void keeps(ContractRule rule, ContractSubject<?> subject) {
    try {
      rule.check(subject);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + rule.advice(), e);
    }
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
    keeps(ContractRule.RECORD_FITS_DESCRIPTOR);
  }

  @Test
  void familyEqualsInterface() {
    keeps(ContractRule.FAMILY_FITS_INTERFACE);
  }

  @Test
  void everyGridPointMakesARecord() {
    keeps(ContractRule.GRID_FITS_RECORD);
  }

  @Test
  void rangesHoldOnlyWhatTheRecordTakes() {
    keeps(ContractRule.RANGES_FIT_RECORD);
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
    keeps(ContractRule.IS_SEEDED);
  }

  @Test
  void aRunChangesWhatItMayAndLeavesNothingElse() {
    keeps(
        ContractRule.LEAVES_FINITE_WEIGHTS,
        ContractRule.CHANGES_WHAT_EDITS_NAMES,
        ContractRule.LEAVES_ROWS_ALONE,
        ContractRule.LEAVES_NO_THREADS);
  }

  @TestFactory
  Stream<DynamicTest> runsOnEveryArchitecture() {
    return Architectures.types().stream()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type, () -> new OtherArchitecture(type).check(subject(Fidelity.CLEAN))));
  }

  @Test
  void runsOnWeightsOfHalfPrecision() {
    new OtherArchitecture(Architectures.PAPER, FloatType.FLOAT16, FloatType.FLOAT32)
        .check(subject(Fidelity.CLEAN));
  }

  @Test
  void runsOnAModelThatIsStoredAndComputedInHalfPrecision() {
    new OtherArchitecture(Architectures.PAPER, FloatType.BFLOAT16, FloatType.BFLOAT16)
        .check(subject(Fidelity.CLEAN));
  }

  @Test
  void leavesNoOpenArrays() {
    keeps(ContractRule.LEAVES_NO_OPEN_ARRAYS);
  }

  @Test
  void stopsWhenInterrupted() {
    keeps(ContractRule.STOPS_WHEN_INTERRUPTED);
  }

  @Test
  void namesTheDataItDidNotGet() {
    keeps(ContractRule.NEEDS_WHAT_IT_NAMES);
  }

  @Test
  void runsWithoutWhatIsOptional() {
    keeps(ContractRule.RUNS_WITHOUT_WHAT_IS_OPTIONAL);
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
            "the tiny model reproduces %d rows after the method and %d before it: name values that suit a model this small under contract in method.json, or override removesMemorization() if the method promises nothing of the kind"
                .formatted(after, before));
  }
}
