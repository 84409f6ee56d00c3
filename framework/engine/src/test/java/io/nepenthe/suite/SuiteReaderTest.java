package io.nepenthe.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteReaderTest {
  private static final String WHOLE =
      """
      name: small
      description: For tests.
      protocol: "1.1"
      seeds: [0, 1]
      tasks:
        - id: math-noise
          version: 1
          kind: math
          data:
            family: additive
            numbers: 8
            length: 34
            primary: 7
            auxiliary: [2]
            primaryRows: 40
            auxiliaryRows: 20
            testRows: 5
            artifact: {kind: noise, rows: 8, rate: 0.1}
          window: {prompt: 10, compare: 2}
          model: {layers: 2, width: 32, heads: 4}
          training: {passes: 60, batchSize: 8, learningRate: 0.005}
          budgetSeconds: 10
      methods:
        - id: no-mitigation
      """;

  @TempDir private Path folder;

  private Suite read(String yaml) throws IOException {
    Files.writeString(folder.resolve("small.yaml"), yaml);
    return new SuiteReader(folder).read("small");
  }

  /** Returns the one line that a broken suite leads to. */
  private String mistake(String yaml) {
    NepentheException e = assertThrows(NepentheException.class, () -> read(yaml));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().contains("small.yaml"), e.getMessage());
    assertTrue(e.getMessage().endsWith(". Correct the file."), e.getMessage());
    return e.getMessage();
  }

  @Test
  void fillsInWhatIsLeftOut() throws IOException {
    Suite suite = read(WHOLE);
    assertEquals(Fidelity.CLEAN, suite.fidelity());
    assertEquals(1, suite.threads());
    assertEquals("cpu", suite.device());
    assertEquals(List.of(60), suite.tasks().get(0).training().checkpoints());
    assertEquals(0.1, suite.tasks().get(0).training().weightDecay());
  }

  @Test
  void aTypeToComputeInIsPartOfATaskOnlyWhereItIsNotFloat32() throws IOException {
    TaskSpec plain = read(WHOLE).tasks().get(0);
    TaskSpec same = computedIn("float32");
    TaskSpec half = computedIn("bfloat16");
    assertEquals(plain, same);
    assertEquals(plain.hash(), same.hash());
    assertFalse(Json.line(same).contains("computeType"), Json.line(same));
    assertEquals(FloatType.FLOAT32, same.computedIn());
    assertTrue(Json.line(half).contains("\"computeType\":\"bfloat16\""), Json.line(half));
    assertEquals(FloatType.BFLOAT16, half.computedIn());
    assertNotEquals(plain.hash(), half.hash());
    assertNotEquals(half.hash(), computedIn("float16").hash());
    assertEquals(trainingKey(plain), trainingKey(half)); // one training for both
  }

  private TaskSpec computedIn(String type) throws IOException {
    return read(WHOLE.replace("version: 1", "version: 1\n    computeType: " + type)).tasks().get(0);
  }

  @Test
  void anOriginalTrainedWithoutAutogradIsAnother() throws IOException {
    TaskSpec plain = read(WHOLE).tasks().get(0);
    TaskSpec same = read(fused(WHOLE, false)).tasks().get(0);
    TaskSpec fused = read(fused(WHOLE, true)).tasks().get(0);
    assertEquals(trainingKey(plain), trainingKey(same));
    assertFalse(Json.line(same).contains("fused"), Json.line(same));
    assertNotEquals(trainingKey(plain), trainingKey(fused));
    assertNotEquals(plain.hash(), fused.hash());
    assertTrue(fused.trainedHere().settings().fused());
    String llama = WHOLE.replace("heads: 4", "heads: 4, architecture: llama");
    read(llama);
    assertTrue(
        mistake(fused(llama, true)).contains("training.fused is true"),
        mistake(fused(llama, true)));
  }

  private static String fused(String suite, boolean fused) {
    return suite.replace("batchSize: 8", "batchSize: 8, fused: " + fused);
  }

  private static String trainingKey(TaskSpec task) {
    return new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null).key();
  }

  @Test
  void findsSuitesByNameAndByPath() throws IOException {
    Suite suite = read(WHOLE);
    assertEquals(List.of("small"), new SuiteReader(folder).names());
    assertEquals(suite, new SuiteReader(folder).read(folder.resolve("small.yaml").toString()));
  }

  @Test
  void anUnknownSuiteNamesTheKnownOnes() throws IOException {
    read(WHOLE);
    NepentheException e =
        assertThrows(NepentheException.class, () -> new SuiteReader(folder).read("smal"));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().contains("'smal'. Known suites: small;"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seeds: [0, 1]         | seedz: [0, 1]            | there is no 'seedz'
          seeds: [0, 1]         | seedz: [0, 1]            | there is [name, description,
          seeds: [0, 1]         | seeds: []                | seeds is empty
          seeds: [0, 1]         | seeds: [1, 1]            | seeds lists something twice
          seeds: [0, 1]         | seeds: [0.5]             | seeds[0]
          seeds: [0, 1]         | seeds: [null]            | seeds
          seeds: [0, 1]         | seeds: [zero]            | seeds[0]
          description: For tests. | device: cpu            | description is missing
          name: small           | name: ''                 | name is missing
          name: small           | name: small; fidelity: exact          | fidelity is 'exact'
          name: small           | name: small; threads: 0               | threads is 0, must be at least 1
          name: small           | name: small; device: tpu              | device is 'tpu'
          name: small           | name: small; device: gpu99999999999  | device is 'gpu99999999999'
          protocol: "1.1"       | protocol: "0.9"          | protocol is 0.9, this program measures by 1.1
          protocol: "1.1"       | name: small              | Duplicate field 'name'
          version: 1            | versoin: 1               | tasks[0]
          id: math-noise        | id: Math Noise           | must be kebab-case
          kind: math            | kind: music              | kind is 'music'
          numbers: 8            | numbers: 2               | data.numbers is 2, must be at least 3
          numbers: 8            | numbers: many            | tasks[0].data.numbers
          family: additive      | family: divisive         | data.family is 'divisive'
          auxiliary: [2]        | auxiliary: [7]           | data.auxiliary is 7
          prompt: 10            | prompt: 40               | window ends at token 42
          prompt: 10            | prompt: 0                | both must be at least 1
          rate: 0.1             | rate: 2                  | rate in (0, 1]
          kind: noise           | kind: poison             | poison
          heads: 4              | heads: 5                 | n_embd is 32, must be a multiple of n_head 5
          passes: 60            | passes: 0                | must
          passes: 60            | passes: 1.5              | tasks[0].training.passes
          batchSize: 8          | batchSize: 0             | batchSize 0
          learningRate: 0.005   | learningRate: -0.1       | learningRate is -0.1, must be in (0, 1]
          learningRate: 0.005   | learningRate: .nan       | learningRate
          batchSize: 8          | batchSize: 8, checkpoints: [61] | must lie in [1, passes 60]
          batchSize: 8          | batchSize: 8, checkpoints: [null] | tasks[0].training
          version: 1            | version: 1;     computeType: fp8      | the type is 'fp8', must be float32, bfloat16 or float16
          version: 1            | version: 1;     computeType: 16       | tasks[0].computeType
          budgetSeconds: 10     | budgetSeconds: 0         | budgetSeconds is 0.0, must be more than 0
          budgetSeconds: 10     | budgetSeconds: 1e10      | budgetSeconds is 1.0E10, must be at most
          budgetSeconds: 10     | budgetSeconds: .inf      | budgetSeconds
          name: small           | name: small; threads: 100000          | threads is 100000, must be at most 256
          name: small           | name: small; timingForks: 99999       | timingForks is 99999
          layers: 2             | layers: 100000           | tasks[0].model.layers is 100000, must be at most 1000
          width: 32             | width: 1000000000        | model.width is
          length: 34            | length: 2000000000       | data.length is
          batchSize: 8          | batchSize: 2000000000    | batchSize is
          primaryRows: 40       | primaryRows: 2000000000  | primaryRows is
          passes: 60            | passes: 2000000000       | passes is
          rows: 8               | rows: 2000000000         | artifact.rows is
          numbers: 8            | numbers: 2000000000      | data.numbers is 2000000000, must be at most
          prompt: 10            | prompt: 2000000000       | window.prompt is
          testRows: 5           | testRows: 2000000000     | data.testRows is
          artifact: {kind       | artifact: {repeats: [1, 2000000], kind | artifact.repeats[1] is 2000000, must be at most
          artifact: {kind       | artifact: {repeats: 2000000, kind      | artifact.repeats is 2000000
          layers: 2, width: 32  | layers: 1000, width: 100000            | tasks[0].model has 1.20e+14 weights, must be at most 1.00e+12
          primaryRows: 40       | primaryRows: 90000000                  | tasks[0].data has 3.06e+09 ids, must be at most 2.15e+09
          name: small           | name: ../../esc          | name is "../../esc", must be a name and no path
          name: small           | name: /tmp/x             | no path
          name: small           | name: "</title><b>=2+2_%&" | name is "</title><b>=2+2_%&", must be a name and no path
          name: small           | name: a\\b              | no path
          name: small           | name: ..                 | no path
          name: small           | name: .hidden            | no path
          name: small           | name: "a\\0b"           | name is "a\\u0000b", must be a name
          name: small           | name: "a\\nb"           | name is "a\\nb", must be a name
          seeds: [0, 1]         | seeds: ["7"]             | line 4: seeds is the text '7', must be a number
          learningRate: 0.005   | learningRate: "0.005"    | learningRate is the text '0.005'
          learningRate: 0.005   | learningRate: '5e-3'     | learningRate is the text '5e-3'
          passes: 60            | passes: &1 60            | '&1', anchors and aliases are not supported
          batchSize: 8          | batchSize: *b            | '*b', anchors and aliases
          description: For tests. | description: &n x      | line 2: '&n'
          heads: 4              | heads: 4, <<: {width: 1} | '<<', merge keys are not supported
          heads: 4              | heads: !!int 4           | tag
          - id: no-mitigation   | - {id: act, grid: {ratio: ["0.05"]}} | ratio is the text '0.05'
          - id: no-mitigation   | - id: ''                 | a method has no id
          - id: no-mitigation   | - null                   | methods
          """)
  void aMistakeNamesPlaceAndRule(String right, String wrong, String named) {
    assertTrue(WHOLE.contains(right), right);
    String message = mistake(WHOLE.replace(right, wrong.replace("; ", "\n")));
    assertTrue(message.contains(named), message);
    assertTrue(!message.contains("null:") && !message.contains(": null"), message);
  }

  @Test
  void aSecondDocumentIsNotPassedOver() throws IOException {
    assertTrue(mistake(WHOLE + "---\nseeds: [7]\n").contains("a second document begins"));
    assertEquals(2, read("---\n" + WHOLE + "...\n").seeds().size());
  }

  @Test
  void numbersMayLookAsYamlAndJsonWriteThemAndTextLikeNumbers() throws IOException {
    Suite suite = read(WHOLE.replace("0.005", "5e-3").replace("name: small", "name: \"7\""));
    assertEquals(0.005, suite.tasks().get(0).training().learningRate());
    assertEquals("7", suite.name());
    assertEquals("a b-c.d_é<&>", read(WHOLE.replace("small", "a b-c.d_é<&>")).name());
  }

  @Test
  void gridsOfAbsurdNumberAreRefused() {
    String many =
        IntStream.range(0, 200).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String grid = "{a: [" + many + "], b: [" + many + "], c: [" + many + "]}";
    String message =
        mistake(WHOLE.replace("- id: no-mitigation", "- {id: act, grid: " + grid + "}"));
    assertTrue(message.contains("the suite has 1.60e+07 trials, must be at most"), message);
  }

  @Test
  void variantsOfAbsurdNumberAreRefused() {
    String many = "[" + "1, ".repeat(200) + "1]";
    String message =
        mistake(
            varied(
                "noise-{layers}-{width}-{numbers}",
                "{model.layers: " + many + ", model.width: " + many + ", data.numbers: [7]}"));
    assertTrue(message.contains("must stand for at most 10000 tasks"), message);
  }

  @Test
  void brokenYamlNamesTheLine() {
    String message = mistake(WHOLE.replace("kind: math\n", "kind: math: music\n"));
    assertTrue(message.contains("(line 8): mapping values are not allowed here"), message);
  }

  @Test
  void dataThatCannotBeBuiltNamesTaskAndSeed() throws IOException {
    Suite suite = read(WHOLE.replace("rows: 8", "rows: 999"));
    NepentheException e =
        assertThrows(NepentheException.class, () -> suite.tasks().get(0).build(1, suite.quirks()));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().startsWith("task math-noise, seed 1: artifact.rows is 999"));
  }

  @Test
  void anEmptyFileIsNoSuite() {
    mistake("");
    mistake("# nothing here\n");
    mistake("just words\n");
    mistake("- a\n- list\n");
  }

  private static String varied(String id, String vary) {
    return WHOLE.replace("id: math-noise", "id: " + id + "\n    vary: " + vary);
  }

  @Test
  void aTaskThatVariesStandsForEveryCombination() throws IOException {
    Suite suite =
        read(
            varied(
                "noise-{family}-l{layers}-p{mitigateAfter}",
                "{data.family: [additive, multiplicative], model.layers: [2, 4],"
                    + " mitigateAfter: [60]}"));
    assertEquals(
        List.of(
            "noise-additive-l2-p60",
            "noise-additive-l4-p60",
            "noise-multiplicative-l2-p60",
            "noise-multiplicative-l4-p60"),
        suite.tasks().stream().map(TaskSpec::id).toList());
    TaskSpec last = suite.tasks().get(3);
    assertEquals(MathFamily.MULTIPLICATIVE, ((MathDataSpec) last.data()).family());
    assertEquals(4, last.model().layers());
    assertEquals(60, last.mitigatedPasses());
    assertEquals(32, last.model().width());
  }

  @Test
  void tasksThatDifferInTheMomentOfMitigationShareOneTraining() throws IOException {
    Suite suite =
        read(
            varied("noise-p{mitigateAfter}", "{mitigateAfter: [20, 60]}")
                .replace("learningRate: 0.005", "learningRate: 0.005, checkpoints: [20]"));
    List<String> keys =
        suite.tasks().stream()
            .map(task -> new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null).key())
            .toList();
    assertEquals(keys.get(0), keys.get(1));
    assertNotEquals(suite.tasks().get(0).hash(), suite.tasks().get(1).hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noise | {model.layers: [2, 4]} | needs {layers} in the task's id",
        "noise-{layers} | [2, 4] | must list values by path",
        "noise-{layers} | {model.layers: 2} | must give model.layers a list of values",
        "noise-{layers} | {model.layers: []} | must give model.layers a list of values",
        "noise-{layers} | {size.layers: [2]} | the task has no size",
        "noise-{layerz} | {model.layerz: [2]} | there is no 'layerz' at tasks[0].model",
        "noise-{layers} | {model.layers: [2, 2]} | lists something twice",
        "noise-{mitigateAfter} | {mitigateAfter: [7]} | must be one of training.checkpoints [60]",
      })
  void saysWhatIsWrongWithVariants(String id, String vary, String rule) {
    assertTrue(mistake(varied(id, vary)).contains(rule), mistake(varied(id, vary)));
  }

  @Test
  void takesThePapersRulesOfSelectionUnlessTheSuiteNamesOthers() throws IOException {
    Suite usual = read(WHOLE);
    assertEquals(SelectionSpec.MATH, usual.selection(usual.tasks().get(0)));
    Suite other =
        read(
            WHOLE.replace("tasks:", "selection: {inclusion: all, score: m-plus-p-plus-t}\ntasks:"));
    assertEquals(
        new SelectionSpec(
            ScoreRule.M_PLUS_P_PLUS_T, SelectionSpec.MATH.regularizers(), InclusionRule.ALL, null),
        other.selection(other.tasks().get(0)));
    assertTrue(
        mistake(WHOLE.replace("tasks:", "selection: {score: best}\ntasks:"))
            .contains("selection.score"));
  }

  @Test
  void aMethodMayBeRunWithSomeOfTheSeedsOnly() throws IOException {
    MethodChoice choice =
        read(WHOLE.replace("id: no-mitigation", "{id: no-mitigation, seeds: [1]}"))
            .methods()
            .get(0);
    assertTrue(choice.runsWith(1));
    assertFalse(choice.runsWith(0));
    assertTrue(
        mistake(WHOLE.replace("id: no-mitigation", "{id: no-mitigation, seeds: [7]}"))
            .contains("has seeds [7], the suite has [0, 1]"));
  }

  private static String challenged(String challenges) {
    return WHOLE.replace("tasks:", "challenges:\n" + challenges + "tasks:");
  }

  @Test
  void challengesHaveDefaults() throws IOException {
    Suite suite =
        read(
            challenged(
                """
                  - kind: relearning
                  - kind: rounding
                  - {kind: prompts, noise: 0.2}
                  - kind: reach
                """));
    assertEquals(
        List.of(
            new ChallengeSpec.Relearning(16, List.of(0, 1, 2, 4, 8, 16)),
            new ChallengeSpec.Rounding(List.of("int8", "int4", "fp8")),
            new ChallengeSpec.Prompts(List.of(0.25, 0.5), List.of(0.25, 0.5), 0.2),
            new ChallengeSpec.Reach(0.5)),
        suite.challenges());
    String written = Json.line(suite);
    assertTrue(written.contains("{\"kind\":\"reach\",\"kept\":0.5}"), written);
    assertEquals(suite, Json.read(written.getBytes(StandardCharsets.UTF_8), Suite.class));
    assertNotEquals(
        ChallengeSpec.hash(List.of(new ChallengeSpec.Reach(0.5))),
        ChallengeSpec.hash(List.of(new ChallengeSpec.Reach(0.4))));
    assertNotEquals(
        ChallengeSpec.hash(List.of(new ChallengeSpec.Rounding(null))),
        ChallengeSpec.hash(List.of()));
  }

  @Test
  void aSuiteWithoutChallengesSaysNothingOfThem() throws IOException {
    Suite suite = read(WHOLE);
    assertEquals(List.of(), suite.challenges());
    assertFalse(Json.line(suite).contains("challenges"), Json.line(suite));
  }

  @Test
  void mistakesInChallengesAreNamed() {
    Map<String, String> mistakes = new LinkedHashMap<>();
    mistakes.put("  - kind: relearn\n", "kind is 'relearn', must be one of");
    mistakes.put("  - steps: [1]\n", "at challenges[0] (line 7): kind is missing");
    mistakes.put("  - {kind: relearning, step: [1]}\n", "there is no 'step' at challenges[0]");
    mistakes.put("  - {kind: relearning, steps: [2, 1]}\n", "steps is [2, 1], must rise");
    mistakes.put("  - {kind: relearning, artifacts: 0}\n", "artifacts is 0, must be at least 1");
    mistakes.put("  - {kind: rounding, formats: [int3]}\n", "formats has 'int3', must be of");
    mistakes.put("  - {kind: prompts, noise: 1.5}\n", "noise has 1.5, must be between 0 and 1");
    mistakes.put("  - {kind: reach, kept: 0}\n", "kept has 0.0, must be between 0 and 1");
    mistakes.put("  - kind: reach\n  - kind: reach\n", "challenges lists something twice");
    mistakes.forEach(
        (yaml, expected) -> {
          String told = mistake(challenged(yaml));
          assertTrue(told.contains(expected), told);
        });
  }
}
