package io.nepenthe.model.llama;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.model.SlowMath;
import io.nepenthe.model.SlowMath.Tensors;
import java.util.Arrays;

/**
 * Llama and its kin as loops in double precision, from a {@code config.json} and tensors by their
 * names.
 */
public final class SlowLlama {
  private final JsonNode config;
  private final Tensors tensors;
  private final String type;
  private final int size;
  private final double epsilon;
  private final double[] frequencies;

  /** Reads a configuration with all that a test varies. */
  public SlowLlama(JsonNode config, Tensors tensors) {
    JsonNode rope = config.path("rope_parameters");
    int width = config.path("hidden_size").asInt();
    this.config = config;
    this.tensors = tensors;
    this.type = config.path("model_type").asText();
    this.size = config.path("head_dim").asInt(width / config.path("num_attention_heads").asInt());
    this.epsilon = config.path("rms_norm_eps").asDouble();
    double base = rope.path("rope_theta").asDouble(config.path("rope_theta").asDouble(10_000));
    this.frequencies =
        SlowMath.stretched(
            SlowMath.frequencies(size, base), rope.isObject() ? rope : config.path("rope_scaling"));
  }

  /** Returns (T, V). */
  public double[][] logits(int[] row) {
    double[][] x =
        tensors.embedded(row, "model.embed_tokens.weight", config.path("hidden_size").asInt());
    boolean after = type.equals("olmo2");
    for (int layer = 0; layer < config.path("num_hidden_layers").asInt(); layer++) {
      String block = "model.layers." + layer + ".";
      String middle = block + "post_attention_layernorm";
      double[][] attended =
          attention(block + "self_attn.", after ? x : norm(x, block + "input_layernorm"), layer);
      x = SlowMath.sum(x, after ? norm(attended, middle) : attended);
      double[][] written = mlp(block + "mlp.", after ? x : norm(x, middle));
      x = SlowMath.sum(x, after ? norm(written, block + "post_feedforward_layernorm") : written);
    }
    boolean tied = config.path("tie_word_embeddings").asBoolean();
    return tensors.linear(norm(x, "model.norm"), tied ? "model.embed_tokens" : "lm_head", false);
  }

  private double[][] norm(double[][] x, String name) {
    return tensors.rmsNorm(x, name, epsilon);
  }

  private double[][] mlp(String mlp, double[][] x) {
    boolean biased = config.path("mlp_bias").asBoolean();
    double[][] gate =
        SlowMath.activated(
            tensors.linear(x, mlp + "gate_proj", biased), config.path("hidden_act").asText());
    double[][] up = tensors.linear(x, mlp + "up_proj", biased);
    for (int t = 0; t < x.length; t++) {
      for (int h = 0; h < up[t].length; h++) {
        up[t][h] *= gate[t][h];
      }
    }
    return tensors.linear(up, mlp + "down_proj", biased);
  }

  private double[][] attention(String attention, double[][] x, int layer) {
    boolean biased = config.path("attention_bias").asBoolean();
    boolean biasedIn = biased || type.equals("qwen2");
    double[][] queries = tensors.linear(x, attention + "q_proj", biasedIn);
    double[][] keys = tensors.linear(x, attention + "k_proj", biasedIn);
    double[][] values = tensors.linear(x, attention + "v_proj", biasedIn);
    if (type.equals("qwen3") || type.equals("olmo2")) {
      queries = norm(queries, attention + "q_norm"); // of each head, or of all at once
      keys = norm(keys, attention + "k_norm");
    }
    for (double[][] turned : Arrays.asList(queries, keys)) {
      for (int t = 0; t < turned.length; t++) {
        for (int from = 0; from < turned[t].length; from += size) {
          SlowMath.turn(turned[t], from, t, frequencies);
        }
      }
    }
    double[][] mixed = SlowMath.attention(queries, keys, values, size, window(layer));
    return tensors.linear(mixed, attention + "o_proj", biased);
  }

  private int window(int layer) {
    JsonNode types = config.path("layer_types");
    boolean slides =
        switch (type) {
          case "mistral" -> true;
          case "qwen2", "qwen3" ->
              config.path("use_sliding_window").asBoolean()
                  && (types.isArray()
                      ? types.path(layer).asText().equals("sliding_attention")
                      : layer >= config.path("max_window_layers").asInt());
          default -> false;
        };
    return slides ? config.path("sliding_window").asInt(Integer.MAX_VALUE) : Integer.MAX_VALUE;
  }
}
