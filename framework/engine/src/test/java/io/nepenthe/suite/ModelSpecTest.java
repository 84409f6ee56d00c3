package io.nepenthe.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.Fidelity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model given by the configuration of its own architecture. */
class ModelSpecTest {
  private static final String LLAMA =
      "'architecture': 'llama', 'config': {'hidden_size': 24, 'num_hidden_layers': 2,"
          + " 'num_attention_heads': 4, 'num_key_value_heads': 1, 'intermediate_size': 40%s}";
  private static final String TASK =
      """
      {
        "id": "a-task", "version": 1, "kind": "math",
        "data": {
          "family": "additive", "numbers": 8, "length": 40, "primary": 7, "auxiliary": [2, 3],
          "primaryRows": 240, "auxiliaryRows": 90, "testRows": 20,
          "artifact": {"kind": "noise", "rows": 80, "rate": 0.1}
        },
        "window": {"prompt": 12, "compare": 18},
        "model": {%s},
        "training": {"passes": 90, "batchSize": 64, "learningRate": 0.003, "weightDecay": 0.1},
        "budgetSeconds": 120
      }
      """;

  private static TaskSpec task(String model) throws JsonProcessingException {
    return Json.mapper().readValue(TASK.formatted(model.replace('\'', '"')), TaskSpec.class);
  }

  private static String key(TaskSpec task) {
    return new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null).key();
  }

  @Test
  void aConfigurationGivesTheShapeAndTheDataVocabularyAndPositions()
      throws JsonProcessingException {
    TaskSpec task = task(LLAMA.formatted(", 'tie_word_embeddings': true"));
    LanguageModel model = task.architecture();
    assertEquals("llama", model.architecture().type());
    assertEquals(40, model.hiddenUnits());
    assertEquals(
        6, model.layout().tensor("model.layers.1.self_attn.k_proj.weight").dimensions()[0]);
    assertEquals(task.vocabulary().size(), model.vocabulary());
    assertEquals(40, model.positions());
    assertEquals("math-2", task.gridKind());
    assertTrue(model.layout().tensors().stream().noneMatch(t -> t.name().equals("lm_head.weight")));
  }

  @Test
  void whoTrainsGetsTheSameModel() throws JsonProcessingException {
    TaskSpec task = task(LLAMA.formatted(""));
    LanguageModel ordered =
        new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null).order().model();
    assertEquals(
        ordered.architecture().config(ordered),
        task.architecture().architecture().config(task.architecture()));
  }

  @Test
  void eachValueIsPartOfTheTrainingsKey() throws JsonProcessingException {
    String key = key(task(LLAMA.formatted("")));
    assertEquals(key, key(task(LLAMA.formatted(""))));
    assertNotEquals(key, key(task(LLAMA.formatted(", 'rope_theta': 500000"))));
  }

  @Test
  void aSizeIsWrittenAsItWasBefore() throws JsonProcessingException {
    TaskSpec task = task("'layers': 2, 'width': 64, 'heads': 4");
    assertEquals(
        "{\"heads\":4,\"layers\":2,\"width\":64}",
        Json.canonical(Json.mapper().valueToTree(task.model())));
    assertFalse(Json.line(task).contains("experiment"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'layers': 2, 'width': 64 | layers, width and heads, or else architecture and config",
        "'config': {'hidden_size': 24} | layers, width and heads, or else architecture and config",
        "'layers': 2, 'architecture': 'llama', 'config': {} | or else architecture and config",
        "'architecture': 'gpt_neox', 'config': {'hidden_size': 24, 'num_hidden_layers': 1,"
            + " 'num_attention_heads': 2, 'num_key_value_heads': 1} | model.config has"
            + " 'num_key_value_heads', which a GPT-NeoX does not read; there is [",
        "'architecture': 'gpt_neox', 'config': {'hidden_size': 24, 'num_hidden_layers': 1,"
            + " 'num_attention_heads': 2, 'hidden_dropout': 0.1} | model.config.hidden_dropout is"
            + " 0.1, but the model has 0.0; leave it out",
        "'architecture': 'llama', 'config': {'hidden_size': 24, 'num_hidden_layers': 1,"
            + " 'num_attention_heads': 2, 'vocab_size': 99} | model.config.vocab_size is 99, but the"
            + " model has 2; leave it out",
        "'architecture': 'llama', 'config': {'hidden_size': 25, 'num_attention_heads': 2} |"
            + " hidden_size is 25, must be a multiple of num_attention_heads 2",
      })
  void aMistakeNamesKeyAndRule(String model, String rule) {
    JsonProcessingException e = assertThrows(JsonProcessingException.class, () -> task(model));
    assertTrue(e.getMessage().contains(rule), e.getMessage());
  }
}
