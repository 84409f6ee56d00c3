package io.nepenthe.model.llama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.DecoderContract;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.protocol.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaTest extends DecoderContract {

  @Override
  protected Stream<Subject> subjects() {
    return Stream.of(
        subject("llama", "{}"),
        subject(
            "llama, biased, odd sizes, llama3 frequencies",
            "{'attention_bias': true, 'mlp_bias': true, 'vocab_size': 13, 'hidden_size': 9,"
                + " 'num_attention_heads': 3, 'num_key_value_heads': 1, 'head_dim': 4,"
                + " 'intermediate_size': 7, 'hidden_act': 'gelu', 'rope_theta': 50,"
                + " 'rope_scaling': {'rope_type': 'llama3', 'factor': 8, 'low_freq_factor': 1,"
                + " 'high_freq_factor': 4, 'original_max_position_embeddings': 40}}"),
        subject(
            "mistral", "{'model_type': 'mistral', 'sliding_window': null, 'hidden_act': 'relu'}"),
        subject("mistral, a window", "{'model_type': 'mistral', 'sliding_window': 3}"),
        subject("qwen2, a tied head", "{'model_type': 'qwen2', 'tie_word_embeddings': true}"),
        subject(
            "qwen2, a window in the upper layer",
            "{'model_type': 'qwen2', 'use_sliding_window': true, 'sliding_window': 2,"
                + " 'max_window_layers': 1}"),
        subject(
            "qwen3, heads wider than the stream",
            "{'model_type': 'qwen3', 'head_dim': 10, 'rms_norm_eps': 0.01,"
                + " 'rope_parameters': {'rope_type': 'linear', 'factor': 3, 'rope_theta': 7}}"),
        subject(
            "qwen3, biased, a window in the lower layer",
            "{'model_type': 'qwen3', 'head_dim': 4, 'attention_bias': true,"
                + " 'use_sliding_window': true, 'sliding_window': 4,"
                + " 'layer_types': ['sliding_attention', 'full_attention']}"),
        subject(
            "mistral, heads of their own size, the parameters of newer files",
            "{'model_type': 'mistral', 'head_dim': 6, 'hidden_size': 15, 'num_attention_heads': 6,"
                + " 'num_key_value_heads': 3, 'sliding_window': 2, 'hidden_act': 'gelu_pytorch_tanh',"
                + " 'rope_parameters': {'rope_type': 'default', 'rope_theta': 31}}"),
        subject(
            "qwen2, odd sizes, one head of keys and values",
            "{'model_type': 'qwen2', 'vocab_size': 17, 'hidden_size': 18, 'num_attention_heads': 3,"
                + " 'num_key_value_heads': 1, 'intermediate_size': 5, 'rms_norm_eps': 0.003,"
                + " 'rope_scaling': {'type': 'linear', 'factor': 4}}"),
        subject("olmo2", "{'model_type': 'olmo2'}"),
        subject(
            "olmo2, biased, grouped heads, a tied head",
            "{'model_type': 'olmo2', 'attention_bias': true, 'num_key_value_heads': 1,"
                + " 'tie_word_embeddings': true, 'rms_norm_eps': 0.02, 'hidden_act': 'gelu_new'}"));
  }

  private static Subject subject(String name, String changes) {
    JsonNode config = config(changes);
    return new Subject(name, model(config), tensors -> new SlowLlama(config, tensors)::logits);
  }

  private static LanguageModel model(JsonNode config) {
    return Architectures.require(config.path("model_type").asText()).model(config);
  }

  private static ObjectNode config(String changes) {
    return config(
        """
          {'model_type': 'llama', 'vocab_size': 11, 'max_position_embeddings': 9,
           'hidden_size': 16, 'num_hidden_layers': 2, 'num_attention_heads': 4,
           'num_key_value_heads': 2, 'intermediate_size': 12, 'hidden_act': 'silu',
           'rms_norm_eps': 1e-6}
          """,
        changes);
  }

  /** Of Llama 2 7B, Mistral 7B, Qwen2 0.5B, Qwen3 0.6B and OLMo 2 7B. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'vocab_size': 32000, 'hidden_size': 4096, 'num_hidden_layers': 32, 'num_attention_heads':"
            + " 32, 'num_key_value_heads': null, 'intermediate_size': 11008} | 6738415616",
        "{'model_type': 'mistral', 'vocab_size': 32000, 'hidden_size': 4096, 'num_hidden_layers':"
            + " 32, 'num_attention_heads': 32, 'num_key_value_heads': 8, 'intermediate_size': 14336}"
            + " | 7241732096",
        "{'model_type': 'qwen2', 'vocab_size': 151936, 'hidden_size': 896, 'num_hidden_layers': 24,"
            + " 'num_attention_heads': 14, 'num_key_value_heads': 2, 'intermediate_size': 4864,"
            + " 'tie_word_embeddings': true} | 494032768",
        "{'model_type': 'qwen3', 'vocab_size': 151936, 'hidden_size': 1024, 'num_hidden_layers': 28,"
            + " 'num_attention_heads': 16, 'num_key_value_heads': 8, 'intermediate_size': 3072,"
            + " 'tie_word_embeddings': true} | 596049920",
        "{'model_type': 'olmo2', 'vocab_size': 100352, 'hidden_size': 4096, 'num_hidden_layers': 32,"
            + " 'num_attention_heads': 32, 'num_key_value_heads': null, 'intermediate_size': 11008}"
            + " | 7298617344",
      })
  void parametersAreAsManyAsPublished(String changes, long parameters) {
    assertEquals(parameters, model(config(changes)).layout().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "olmo2"})
  void modelsThatAreTrainedHereShareKeysAndValuesAndBeginSmall(String type) {
    LanguageModel model = Architectures.require(type).model(new ModelSize(14, 50, 96, 3, 4));
    assertEquals(256, model.hiddenUnits());
    assertEquals(
        List.of(48L, 96L), model.layout().tensor("model.layers.2.self_attn.k_proj.weight").shape());
    float[] values = model.initialValues(new RandomStreams(0).stream("init"));
    assertEquals(0.02, deviation(model, values, "model.layers.1.mlp.up_proj.weight"), 2e-4);
    assertEquals(0.02, deviation(model, values, "model.layers.1.mlp.down_proj.weight"), 2e-4);
    assertEquals(1, deviation(model, values, "model.norm.weight"));
  }

  @Test
  void valuesBeforeTrainingStayTheSame() {
    LanguageModel model = Architectures.require("llama").model(new ModelSize(14, 50, 96, 3, 4));
    float[] values = model.initialValues(new RandomStreams(0).stream("init"));
    assertEquals(
        "[-0.03457647, 0.04269006, -0.028468296]", Arrays.toString(Arrays.copyOf(values, 3)));
  }

  @Test
  void trainedPositionsMayStandBesideTheRotaryEmbedding() {
    String llama3 =
        "'rope_type': 'llama3', 'factor': 8, 'low_freq_factor': 1, 'high_freq_factor': 4";
    String positions = "'original_max_position_embeddings': 40";
    LanguageModel within = model(config("{'rope_scaling': {%s, %s}}".formatted(llama3, positions)));
    LanguageModel beside =
        model(config("{%s, 'rope_parameters': {%s}}".formatted(positions, llama3)));
    assertEquals(within.architecture().config(within), beside.architecture().config(beside));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'hidden_act': 'softplus'} | hidden_act 'softplus' is not supported",
        "{'num_attention_heads': 3, 'head_dim': 4} | num_key_value_heads is 2, must be a divisor of"
            + " num_attention_heads 3",
        "{'hidden_size': 18} | hidden_size is 18, must be a multiple of num_attention_heads 4",
        "{'head_dim': 3} | head_dim is 3, must be an even number above 0",
        "{'num_attention_heads': 0} | num_attention_heads is 0, must be at least 1",
        "{'partial_rotary_factor': 0.5} | partial_rotary_factor is 0.5, must be 1",
        "{'rope_scaling': {'rope_type': 'yarn', 'factor': 2}} | rope_scaling.rope_type is \"yarn\","
            + " which is not computed",
        "{'rope_scaling': {'rope_type': 'llama3', 'factor': 2}} | rope_scaling.low_freq_factor is"
            + " missing, must be above 0",
        "{'rope_theta': 5, 'rope_parameters': {'rope_theta': 6}} | rope_theta is 5.0, but"
            + " rope_parameters.rope_theta, which means the same, is 6.0",
        "{'rope_scaling': {'type': 'dynamic', 'factor': 2}} | rope_scaling.type is \"dynamic\", which is"
            + " not computed",
        "{'rope_scaling': {'rope_type': 'longrope', 'short_factor': [1]}} | rope_scaling.rope_type is"
            + " \"longrope\", which is not computed",
        "{'model_type': 'qwen3', 'rope_parameters': {'full_attention': {'rope_theta': 5}}} |"
            + " rope_parameters.full_attention is {\"rope_theta\":5}, which is not computed: all layers"
            + " are turned alike",
        "{'rope_scaling': {'rope_type': 'default', 'type': 'linear', 'factor': 2}} |"
            + " rope_scaling.type is \"linear\", but rope_type, which means the same, is default",
        "{'original_max_position_embeddings': 30, 'rope_scaling': {'rope_type': 'llama3', 'factor': 2,"
            + " 'low_freq_factor': 1, 'high_freq_factor': 4, 'original_max_position_embeddings': 40}} |"
            + " original_max_position_embeddings is 30, but that of the rotary embedding is 40",
        "{'model_type': 'qwen3', 'layer_types': ['linear_attention', 'full_attention']} | layer_types"
            + " is",
        "{'model_type': 'qwen2', 'layer_types': ['full_attention']} | layer_types is",
        "{'rope_theta': 0} | rope_theta is 0.0, must be above 0",
        "{'rms_norm_eps': 2} | rms_norm_eps is 2, must be in [0, 1)",
        "{'mlp_bias': 1} | mlp_bias is 1, must be true or false",
        "{'model_type': 'mistral', 'sliding_window': 0} | sliding_window is 0, must be at least 1",
        "{'model_type': 'qwen2', 'use_sliding_window': true, 'layer_types': ['chunked_attention',"
            + " 'full_attention']} | layer_types is",
        "{'num_hidden_layers': 2000000000} | weights are not supported",
      })
  void whatWouldMakeOtherNumbersIsRefusedByItsName(String changes, String words) {
    JsonNode config = config(changes);
    String message = assertThrows(IllegalArgumentException.class, () -> model(config)).getMessage();
    assertTrue(message.contains(words), message);
  }
}
