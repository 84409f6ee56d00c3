package io.nepenthe.model.gptneox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.DecoderContract;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.protocol.RandomStreams;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GptNeoXTest extends DecoderContract {

  @Override
  protected Stream<Subject> subjects() {
    return Stream.of(
        subject("as Pythia", "{}"),
        subject("one after the other", "{'use_parallel_residual': false, 'hidden_act': 'silu'}"),
        subject(
            "odd sizes",
            "{'vocab_size': 13, 'hidden_size': 15, 'num_attention_heads': 3,"
                + " 'intermediate_size': 7, 'rotary_pct': 0.5, 'hidden_act': 'gelu_new',"
                + " 'layer_norm_eps': 0.001}"),
        subject(
            "an odd number of turned entries",
            "{'hidden_size': 12, 'rotary_pct': 0.5, 'hidden_act': 'relu'}"),
        subject(
            "whole heads",
            "{'rotary_pct': 1.0, 'rotary_emb_base': 100, 'hidden_act': 'relu2',"
                + " 'rope_scaling': {'type': 'linear', 'factor': 2.5}}"),
        subject(
            "as newer files say it",
            "{'rotary_pct': null, 'rotary_emb_base': null, 'hidden_act': 'quick_gelu',"
                + " 'rope_parameters': {'rope_type': 'default', 'rope_theta': 50,"
                + " 'partial_rotary_factor': 0.6}}"),
        subject(
            "a tied head, no biases", "{'tie_word_embeddings': true, 'attention_bias': false}"));
  }

  private static Subject subject(String name, String changes) {
    JsonNode config = config(changes);
    return new Subject(name, model(config), tensors -> new SlowGptNeoX(config, tensors)::logits);
  }

  private static LanguageModel model(JsonNode config) {
    return Architectures.require("gpt_neox").model(config);
  }

  private static ObjectNode config(String changes) {
    return config(
        """
          {'model_type': 'gpt_neox', 'vocab_size': 11, 'max_position_embeddings': 9,
           'hidden_size': 16, 'num_hidden_layers': 2, 'num_attention_heads': 2,
           'intermediate_size': 24, 'hidden_act': 'gelu', 'layer_norm_eps': 1e-5,
           'rotary_pct': 0.25, 'rotary_emb_base': 10000, 'use_parallel_residual': true}
          """,
        changes);
  }

  /** As many as Pythia's paper says, with the embedding and the head. */
  @ParameterizedTest
  @CsvSource({
    "50304, 512, 6, 8, 70426624",
    "50304, 768, 12, 12, 162322944",
    "50304, 2560, 32, 32, 2775208960",
    "50432, 4096, 32, 32, 6857302016"
  })
  void parametersAreAsManyAsPublished(
      int vocabulary, int width, int layers, int heads, long parameters) {
    ModelSize size = new ModelSize(vocabulary, 2048, width, layers, heads);
    assertEquals(parameters, Architectures.require("gpt_neox").model(size).layout().size());
  }

  @Test
  void valuesBeforeTrainingAreDrawnAsPythiasWere() {
    LanguageModel model = Architectures.require("gpt_neox").model(new ModelSize(14, 50, 128, 4, 4));
    float[] values = model.initialValues(new RandomStreams(0).stream("init"));
    assertEquals(
        0.055902, deviation(model, values, "gpt_neox.layers.1.mlp.dense_h_to_4h.weight"), 5e-4);
    assertEquals(
        0.044194, deviation(model, values, "gpt_neox.layers.1.mlp.dense_4h_to_h.weight"), 4e-4);
    assertEquals(
        0.044194, deviation(model, values, "gpt_neox.layers.1.attention.dense.weight"), 7e-4);
    assertEquals(0, deviation(model, values, "gpt_neox.layers.1.mlp.dense_4h_to_h.bias"));
    assertEquals(1, deviation(model, values, "gpt_neox.final_layer_norm.weight"));
    assertEquals(
        "[-0.09664417, 0.119322345, -0.07957131]", Arrays.toString(Arrays.copyOf(values, 3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'hidden_act': 'tanhshrink'} | hidden_act 'tanhshrink' is not supported; these are: relu,"
            + " gelu, gelu_python, gelu_new, gelu_pytorch_tanh, gelu_python_tanh, gelu_fast,"
            + " gelu_accurate, quick_gelu, silu, swish, relu2",
        "{'num_attention_heads': 3} | hidden_size is 16, must be a multiple of num_attention_heads 3",
        "{'rotary_pct': 0.0} | rotary_pct is 0.0, must be in (0, 1]",
        "{'rotary_pct': 0.1} | rotary_pct is 0.1, which of heads of size 8 turns 0",
        "{'rope_scaling': {'type': 'dynamic', 'factor': 2}} | rope_scaling.type is \"dynamic\", which"
            + " is not computed; these are: default, linear, llama3",
        "{'rope_parameters': {'rope_type': 'yarn'}} | rope_parameters.rope_type is \"yarn\", which is"
            + " not computed; these are: default, linear, llama3",
        "{'rope_scaling': 3} | rope_scaling is 3, must be an object",
        "{'rope_scaling': {'type': 'linear'}} | rope_scaling.factor is missing, must be above 0",
        "{'rope_theta': 5} | rotary_emb_base is 10000.0, but rope_theta, which means the same, is 5.0",
        "{'rope_parameters': {'partial_rotary_factor': 0.5}} | rotary_pct is 0.25, but"
            + " rope_parameters.partial_rotary_factor, which means the same, is 0.5",
        "{'use_parallel_residual': 'no'} | use_parallel_residual is \"no\", must be true or false",
        "{'use_parallel_residual': null} | use_parallel_residual is null, must be true or false",
        "{'attention_bias': null} | attention_bias is null, must be true or false",
        "{'layer_norm_eps': -1} | layer_norm_eps is -1, must be in [0, 1)",
        "{'num_hidden_layers': 20000} | 20000 layers and 35840352 weights are not supported",
      })
  void whatWouldMakeOtherNumbersIsRefusedByItsName(String changes, String words) {
    JsonNode config = config(changes);
    assertEquals(
        words, assertThrows(IllegalArgumentException.class, () -> model(config)).getMessage());
  }
}
