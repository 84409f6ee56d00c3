package io.nepenthe.model.gpt2;

import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.SlowMath;

/** GPT-2 written as loops in double precision, straight from MODEL_AND_TRAINING 1. */
public final class SlowGpt2 {
  private final Gpt2Config config;
  private final ParameterLayout layout;
  private final double[] values;
  private final double[] positionFactors;

  /** Reads the values in model order; a change of the array is seen. */
  public SlowGpt2(Gpt2 model, double[] values) {
    this(
        model,
        values,
        java.util.stream.DoubleStream.generate(() -> 1).limit(model.positions()).toArray());
  }

  /** Multiplies the stream by the position's factor where a block begins. */
  public SlowGpt2(Gpt2 model, double[] values, double[] positionFactors) {
    this.config = model.config();
    this.layout = model.layout();
    this.values = values;
    this.positionFactors = positionFactors;
  }

  /** Returns the mean next-token cross-entropy over every target of equally long rows. */
  public double loss(int[][] rows) {
    double sum = 0;
    int targets = 0;
    for (int[] row : rows) {
      double[][] logits = logits(row);
      for (int t = 0; t + 1 < row.length; t++) {
        double total = 0;
        for (double logit : logits[t]) {
          total += Math.exp(logit);
        }
        sum += Math.log(total) - logits[t][row[t + 1]];
        targets++;
      }
    }
    return sum / targets;
  }

  /** Returns (T, V). */
  public double[][] logits(int[] row) {
    int width = config.width();
    double[][] x = new double[row.length][width];
    for (int t = 0; t < row.length; t++) {
      for (int d = 0; d < width; d++) {
        x[t][d] =
            at("transformer.wte.weight", row[t] * width + d)
                + at("transformer.wpe.weight", t * width + d);
      }
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "transformer.h." + layer + ".";
      for (int t = 0; t < row.length; t++) {
        for (int d = 0; d < width; d++) {
          x[t][d] *= positionFactors[t];
        }
      }
      add(
          x,
          linear(
              attention(linear(norm(x, block + "ln_1"), block + "attn.c_attn")),
              block + "attn.c_proj"));
      double[][] hidden = linear(norm(x, block + "ln_2"), block + "mlp.c_fc");
      for (double[] units : hidden) {
        for (int h = 0; h < units.length; h++) {
          units[h] = SlowMath.activated(units[h], config.activation().id());
        }
      }
      add(x, linear(hidden, block + "mlp.c_proj"));
    }
    return head(norm(x, "transformer.ln_f"));
  }

  private double[][] head(double[][] x) {
    double[][] logits = new double[x.length][config.vocabulary()];
    for (int t = 0; t < x.length; t++) {
      for (int v = 0; v < config.vocabulary(); v++) {
        for (int d = 0; d < config.width(); d++) {
          logits[t][v] += x[t][d] * at("transformer.wte.weight", v * config.width() + d);
        }
      }
    }
    return logits;
  }

  private double[][] attention(double[][] qkv) {
    int width = config.width();
    int size = width / config.heads();
    double[][] mixed = new double[qkv.length][width];
    for (int head = 0; head < config.heads(); head++) {
      for (int t = 0; t < qkv.length; t++) {
        double[] weight = new double[t + 1];
        double total = 0;
        for (int s = 0; s <= t; s++) {
          double score = 0;
          for (int d = head * size; d < (head + 1) * size; d++) {
            score += qkv[t][d] * qkv[s][width + d];
          }
          weight[s] = Math.exp(score / Math.sqrt(size));
          total += weight[s];
        }
        for (int s = 0; s <= t; s++) {
          for (int d = head * size; d < (head + 1) * size; d++) {
            mixed[t][d] += weight[s] / total * qkv[s][2 * width + d];
          }
        }
      }
    }
    return mixed;
  }

  private double[][] norm(double[][] x, String name) {
    double[][] normed = new double[x.length][config.width()];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      for (double value : x[t]) {
        mean += value / config.width();
      }
      double variance = 0;
      for (double value : x[t]) {
        variance += (value - mean) * (value - mean) / config.width();
      }
      for (int d = 0; d < config.width(); d++) {
        double unit = (x[t][d] - mean) / Math.sqrt(variance + config.epsilon());
        normed[t][d] = unit * at(name + ".weight", d) + at(name + ".bias", d);
      }
    }
    return normed;
  }

  private double[][] linear(double[][] x, String name) {
    int outputs = Math.toIntExact(layout.tensor(name + ".bias").size());
    double[][] y = new double[x.length][outputs];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < outputs; o++) {
        y[t][o] = at(name + ".bias", o);
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * at(name + ".weight", i * outputs + o);
        }
      }
    }
    return y;
  }

  private static void add(double[][] x, double[][] y) {
    for (int t = 0; t < x.length; t++) {
      for (int d = 0; d < x[t].length; d++) {
        x[t][d] += y[t][d];
      }
    }
  }

  private double at(String name, int entry) {
    return values[Math.toIntExact(layout.tensor(name).offset()) + entry];
  }
}
