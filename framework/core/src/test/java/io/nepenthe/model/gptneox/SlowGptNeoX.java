package io.nepenthe.model.gptneox;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.model.SlowMath;
import io.nepenthe.model.SlowMath.Tensors;

/** GPT-NeoX as loops in double precision, from a {@code config.json} and tensors by their names. */
public final class SlowGptNeoX {
  private final JsonNode config;
  private final Tensors tensors;
  private final int width;
  private final int size;
  private final double epsilon;
  private final double[] frequencies;

  /** Reads a configuration with all that a test varies. */
  public SlowGptNeoX(JsonNode config, Tensors tensors) {
    JsonNode rope = config.path("rope_parameters");
    this.config = config;
    this.tensors = tensors;
    this.width = config.path("hidden_size").asInt();
    this.size = width / config.path("num_attention_heads").asInt();
    this.epsilon = config.path("layer_norm_eps").asDouble();
    double share =
        rope.path("partial_rotary_factor").asDouble(config.path("rotary_pct").asDouble());
    double base = rope.path("rope_theta").asDouble(config.path("rotary_emb_base").asDouble());
    double[] plain = SlowMath.frequencies((int) (size * share), base);
    this.frequencies =
        SlowMath.stretched(plain, rope.isObject() ? rope : config.path("rope_scaling"));
  }

  /** Returns (T, V). */
  public double[][] logits(int[] row) {
    double[][] x = tensors.embedded(row, "gpt_neox.embed_in.weight", width);
    for (int layer = 0; layer < config.path("num_hidden_layers").asInt(); layer++) {
      String block = "gpt_neox.layers." + layer + ".";
      double[][] attended = attention(block, norm(x, block + "input_layernorm"));
      boolean parallel = config.path("use_parallel_residual").asBoolean();
      double[][] read = parallel ? x : SlowMath.sum(x, attended);
      double[][] hidden =
          tensors.linear(
              norm(read, block + "post_attention_layernorm"), block + "mlp.dense_h_to_4h", true);
      double[][] units = SlowMath.activated(hidden, config.path("hidden_act").asText());
      double[][] written = tensors.linear(units, block + "mlp.dense_4h_to_h", true);
      x = SlowMath.sum(SlowMath.sum(x, attended), written);
    }
    boolean tied = config.path("tie_word_embeddings").asBoolean();
    return tensors.linear(
        norm(x, "gpt_neox.final_layer_norm"), tied ? "gpt_neox.embed_in" : "embed_out", false);
  }

  private double[][] norm(double[][] x, String name) {
    return tensors.layerNorm(x, name, epsilon);
  }

  private double[][] attention(String block, double[][] x) {
    boolean biased = config.path("attention_bias").asBoolean(true);
    double[][] all = tensors.linear(x, block + "attention.query_key_value", biased);
    double[][][] parts = new double[3][x.length][width];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < all[t].length; i++) {
        int head = i / (3 * size);
        int part = i / size % 3;
        parts[part][t][head * size + i % size] = all[t][i];
      }
      for (int from = 0; from < width; from += size) {
        SlowMath.turn(parts[0][t], from, t, frequencies);
        SlowMath.turn(parts[1][t], from, t, frequencies);
      }
    }
    double[][] mixed = SlowMath.attention(parts[0], parts[1], parts[2], size);
    return tensors.linear(mixed, block + "attention.dense", biased);
  }
}
