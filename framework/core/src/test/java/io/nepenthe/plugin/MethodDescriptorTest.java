package io.nepenthe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MethodDescriptorTest {
  private static final String GRID = "{\"math\": {\"ratio\": [0.1, 0.2], \"epochs\": [1, 10]}}";
  private static final String WEIGHTS = "\"edits\": \"weights\",";

  @Test
  void expandsTheLastHyperparameterFastest() {
    MethodDescriptor descriptor = read(GRID);
    List<String> points = new ArrayList<>();
    descriptor.gridPoints("math").forEach(point -> points.add(point.toString()));
    assertEquals(
        List.of(
            "{ratio=0.1, epochs=1}",
            "{ratio=0.1, epochs=10}",
            "{ratio=0.2, epochs=1}",
            "{ratio=0.2, epochs=10}"),
        points);
    assertEquals(4, descriptor.gridPoints("math").size());
  }

  @Test
  void missingHyperparametersTakeTheirDefault() {
    Map<String, List<Object>> grid = Map.of("epochs", List.of(3));
    assertEquals("[{ratio=0.05, epochs=3}]", read(GRID).expand(grid).toString());
  }

  @Test
  void kindsFallBackToTheirFirstPart() {
    MethodDescriptor descriptor = read(GRID);
    assertEquals(descriptor.grid("math"), descriptor.grid("math-16"));
    assertEquals(Optional.of(Map.of()), descriptor.grid("language"));
    assertEquals(1, descriptor.gridPoints("language").size());
  }

  @Test
  void aMethodHasNoPointsWhereItsGridIsNull() {
    MethodDescriptor descriptor = read("{\"math\": {\"ratio\": [0.1]}, \"math-16\": null}");
    assertEquals(1, descriptor.gridPoints("math-8").size());
    assertEquals(Optional.empty(), descriptor.grid("math-16"));
    assertEquals(List.of(), descriptor.gridPoints("math-16"));
  }

  @Test
  void localizationKeyLeavesOutWhatTheEditAloneReads() {
    MethodDescriptor descriptor = read(GRID);
    assertEquals(
        Map.of("epochs", 1L), descriptor.localizationKey(descriptor.gridPoints("math").get(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"math\": {\"ratio\": [1.5]}}', 'ratio is 1.5, must be in [0, 1]'",
    "'{\"math\": {\"ratio\": [\"x\"]}}', 'ratio is the text ''x'', must be in [0, 1]'",
    "'{\"math\": {\"epochs\": [1.5]}}', 'epochs is 1.5, must be a whole number in [1, 100]'",
    "'{\"math\": {\"ratio\": [\"0.1\"]}}', 'ratio is the text ''0.1'', must be in [0, 1]'",
    "'{\"math\": {\"ratio\": [0.1, 0.10]}}', 'ratio lists 0.1 twice'",
    "'{\"math\": {\"epochs\": [1, 2, 1.0]}}', 'epochs lists 1.0 twice'",
    "'{\"math\": {\"ratio\": []}}', 'ratio has an empty list of values'",
    "'{\"math\": {\"speed\": [1]}}', 'there is no hyper-parameter ''speed''; there is [ratio, epochs]'"
  })
  void gridsOutOfRangeAreRefusedByNameAndValue(String grid, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> read(grid)).getMessage());
  }

  @Test
  void aContractIsCheckedAtItsOwnValuesAndElseAtTheDefaults() {
    String grids = "{\"math\": {\"ratio\": [0.1, 0.2, 0.3], \"epochs\": [1, 10]}}, \"contract\": ";
    MethodDescriptor plain = read(grids + "{}");
    assertEquals(plain.expand(Map.of()).get(0), plain.contractPoint());
    assertEquals("{ratio=[0.1, 0.2], epochs=[1, 10]}", plain.contractGrid().toString());
    MethodDescriptor own = read(grids + "{\"ratio\": [0.4, 0, 0.5], \"epochs\": [2]}");
    assertEquals("{ratio=0.4, epochs=2}", own.contractPoint().toString());
    assertEquals("{ratio=[0.4, 0, 0.5], epochs=[1, 10]}", own.contractGrid().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"ratio\": [1.5]}', 'contract: ratio is 1.5, must be in [0, 1]'",
    "'{\"speed\": [1]}', 'contract: there is no hyper-parameter ''speed''; there is [ratio, epochs]'",
    "'{\"ratio\": []}', 'contract: ratio has an empty list of values'"
  })
  void valuesOfAContractAreHeldToTheirRanges(String contract, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> read("{}, \"contract\": " + contract));
    assertEquals(message, e.getMessage());
  }

  @Test
  void aGridOfAbsurdSizeIsRefusedBeforeItIsExpanded() {
    List<Object> ratios = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      ratios.add(i / 10_000.0);
    }
    Map<String, List<Object>> grid =
        Map.of("ratio", ratios, "epochs", List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    assertThrows(IllegalArgumentException.class, () -> read(GRID).expand(grid));
  }

  @Test
  void incompleteOrUnknownPartsAreRefused() {
    for (String json : new String[] {"{}", "{\"name\": \"X\", \"colour\": \"red\"}", "not json"}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MethodDescriptor.read(json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "regularizer, '', true",
    "control, '', false",
    "fine-tuning, '', false",
    "unlearning, '', false",
    "control, in-training, true",
    "control, after-training, false"
  })
  void onlyRegularizersRunInTrainingUnlessTheDescriptorSaysSo(
      String family, String runs, boolean inTraining) {
    String said =
        (runs.isEmpty() ? "" : "\"runs\": \"" + runs + "\",")
            + (family.equals("unlearning") ? WEIGHTS : "");
    assertEquals(inTraining, read(family, said, GRID).runsInTraining());
  }

  @Test
  void unknownMomentsAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> read("control", "\"runs\": \"sometimes\",", GRID))
            .getMessage();
    assertTrue(message.contains("'sometimes', must be in-training or after-training"), message);
  }

  @Test
  void whatRunsInTrainingCannotHaveTheForgetSet() {
    String needs = "\"needs\": [\"forget-set\", \"extra\"],";
    String message =
        assertThrows(IllegalArgumentException.class, () -> read("regularizer", needs, GRID))
            .getMessage();
    assertTrue(message.contains("needs the forget-set"), message);
    assertEquals(2, read("control", needs, GRID).needs().size());
  }

  @Test
  void needsAreToldInOneOrderByEveryProcess() {
    String needs = "\"needs\": [\"twins\", \"validation\", \"forget-set\", \"extra\"],";
    assertEquals(
        List.of(Need.EXTRA, Need.FORGET_SET, Need.TWINS, Need.VALIDATION),
        List.copyOf(read("control", needs, GRID).needs()));
  }

  private static MethodDescriptor read(String grids) {
    return read("unlearning", WEIGHTS, grids);
  }

  private static MethodDescriptor read(String family, String further, String grids) {
    String json =
        """
        {"name": "Method", "family": "%s", %s "summary": "Forgets.",
         "paper": {"title": "T", "authors": "A", "year": 2024, "url": "u", "section": "1"},
         "hyperparameters": {
           "ratio": {"type": "real", "min": 0, "max": 1, "default": 0.05, "affects": "edit",
                     "description": "share"},
           "epochs": {"type": "integer", "min": 1, "max": 100, "default": 1,
                      "affects": "localization", "description": "passes"}},
         "grids": %s}
        """
            .formatted(family, further, grids);
    return MethodDescriptor.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void editsIsANameOrAListOfNames() {
    assertEquals(Set.of(EditedPart.WEIGHTS), read("unlearning", WEIGHTS, GRID).edits());
    assertEquals(
        Set.of(EditedPart.ATTENTION, EditedPart.NORMS),
        read("unlearning", "\"edits\": [\"norms\", \"attention\"],", GRID).edits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fine-tuning", "control", "regularizer"})
  void othersThanUnlearningMayChangeAllUnlessTheySay(String family) {
    Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 1, 2));
    Map<String, Long> changed = new LinkedHashMap<>();
    model.layout().tensors().forEach(tensor -> changed.put(tensor.name(), 1L));
    assertEquals(Optional.empty(), read(family, "", GRID).forbidden(changed, model));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unlearning | '' | the descriptor has no edits: name what the method may change",
        "unlearning | \"edits\": [], | the descriptor has no edits",
        "unlearning | \"edits\": null, | the descriptor has no edits",
        "fine-tuning | \"edits\": [null], | edits[0] is null",
        "unlearning | \"edits\": \"everything\", | edits names 'everything', must be one or more of",
        "regularizer | \"edits\": \"mlp\", | leave edits out"
      })
  void editsThatSayNothingAreRefused(String family, String edits, String why) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> read(family, edits, GRID)).getMessage();
    assertTrue(message.contains(why), message);
  }

  @Test
  void figuresCompareWhatZeroesNeuronsOrWeightsOnly() {
    assertEquals(Optional.of(EditedPart.WEIGHTS), read("unlearning", WEIGHTS, GRID).zeroes());
    for (String edits : List.of("\"mlp\"", "\"all\"", "[\"weights\", \"norms\"]")) {
      String said = "\"edits\": " + edits + ",";
      assertEquals(Optional.empty(), read("unlearning", said, GRID).zeroes(), edits);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "transformer.wte.weight, embeddings",
    "transformer.h.0.attn.c_proj.bias, attention",
    "transformer.h.0.ln_2.weight, norms",
    "transformer.ln_f.bias, norms"
  })
  void aChangeElsewhereNamesTheTensorAndThePartThatHoldsIt(String tensor, String part) {
    Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 1, 2));
    Map<String, Long> changed = Map.of(tensor, 3L);
    String why = read("unlearning", WEIGHTS, GRID).forbidden(changed, model).orElseThrow();
    assertTrue(why.contains("3 entries of tensor " + tensor), why);
    assertTrue(why.contains("add \"" + part + "\" to edits"), why);
    for (String edits : List.of(part, "all")) {
      String said = "\"edits\": [\"weights\", \"" + edits + "\"],";
      assertEquals(Optional.empty(), read("unlearning", said, GRID).forbidden(changed, model));
    }
  }

  @Test
  void everyTensorBelongsToOnePartOfAModel() {
    Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 2, 2));
    List<String> parts =
        Stream.of(EditedPart.MLP, EditedPart.ATTENTION, EditedPart.EMBEDDINGS, EditedPart.NORMS)
            .flatMap(part -> part.tensors(model).stream())
            .sorted()
            .toList();
    assertEquals(EditedPart.ALL.tensors(model).stream().sorted().toList(), parts);
  }

  @Test
  void aClassOfAnotherFamilyIsRefused() {
    abstract class Tunes implements FineTuning<HyperparameterSpec> {}
    read("fine-tuning", "", GRID).requireFits(Tunes.class);
    read("control", "", GRID).requireFits(Tunes.class);
    for (MethodDescriptor other :
        List.of(
            read("unlearning", WEIGHTS, GRID),
            read("regularizer", "", GRID),
            read("control", "\"runs\": \"in-training\",", GRID))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> other.requireFits(Tunes.class))
              .getMessage();
      assertTrue(message.contains("Tunes implements FineTuning"), message);
    }
  }
}
