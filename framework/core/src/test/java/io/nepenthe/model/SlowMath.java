package io.nepenthe.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What decoders are made of, as loops in double precision over rows of T tokens. */
public final class SlowMath {
  private SlowMath() {}

  /** Values of a model's tensors by their names in a folder; a change of the arrays is seen. */
  public record Tensors(Map<String, double[]> values) {
    /** Returns a tensor's values. */
    public double[] get(String name) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(name + " is none of " + values.keySet());
      }
      return values.get(name);
    }

    /** Returns x W^T, and b if it is there, with W stored (outputs, inputs). */
    public double[][] linear(double[][] x, String name, boolean hasBias) {
      double[] weight = get(name + ".weight");
      int inputs = x[0].length;
      int outputs = weight.length / inputs;
      double[][] y = new double[x.length][outputs];
      for (int t = 0; t < x.length; t++) {
        for (int o = 0; o < outputs; o++) {
          y[t][o] = hasBias ? get(name + ".bias")[o] : 0;
          for (int i = 0; i < inputs; i++) {
            y[t][o] += x[t][i] * weight[o * inputs + i];
          }
        }
      }
      return y;
    }

    /** Returns the rows of an embedding. */
    public double[][] embedded(int[] row, String name, int width) {
      double[][] x = new double[row.length][width];
      for (int t = 0; t < row.length; t++) {
        System.arraycopy(get(name), row[t] * width, x[t], 0, width);
      }
      return x;
    }

    /** Returns each row less its mean, divided by its deviation, scaled and shifted. */
    public double[][] layerNorm(double[][] x, String name, double epsilon) {
      double[][] y = new double[x.length][x[0].length];
      for (int t = 0; t < x.length; t++) {
        double mean = java.util.Arrays.stream(x[t]).average().orElseThrow();
        double variance = 0;
        for (double value : x[t]) {
          variance += (value - mean) * (value - mean) / x[t].length;
        }
        for (int d = 0; d < y[t].length; d++) {
          y[t][d] =
              (x[t][d] - mean) / Math.sqrt(variance + epsilon) * get(name + ".weight")[d]
                  + get(name + ".bias")[d];
        }
      }
      return y;
    }

    /** Returns each row's pieces of the gain's size divided by their root mean square, scaled. */
    public double[][] rmsNorm(double[][] x, String name, double epsilon) {
      double[] gain = get(name + ".weight");
      double[][] y = new double[x.length][x[0].length];
      for (int t = 0; t < x.length; t++) {
        for (int from = 0; from < x[t].length; from += gain.length) {
          double squares = 0;
          for (int d = 0; d < gain.length; d++) {
            squares += x[t][from + d] * x[t][from + d] / gain.length;
          }
          for (int d = 0; d < gain.length; d++) {
            y[t][from + d] = x[t][from + d] / Math.sqrt(squares + epsilon) * gain[d];
          }
        }
      }
      return y;
    }
  }

  /** Returns x + y. */
  public static double[][] sum(double[][] x, double[][] y) {
    double[][] sum = new double[x.length][x[0].length];
    for (int t = 0; t < x.length; t++) {
      for (int d = 0; d < sum[t].length; d++) {
        sum[t][d] = x[t][d] + y[t][d];
      }
    }
    return sum;
  }

  /** Returns f(x). */
  public static double[][] activated(double[][] x, String function) {
    double[][] y = new double[x.length][x[0].length];
    for (int t = 0; t < x.length; t++) {
      for (int d = 0; d < y[t].length; d++) {
        y[t][d] = activated(x[t][d], function);
      }
    }
    return y;
  }

  /** Returns f(x) of a function's first Hugging Face name. */
  public static double activated(double x, String function) {
    return switch (function) {
      case "relu" -> Math.max(0, x);
      case "relu2" -> Math.max(0, x) * Math.max(0, x);
      case "gelu" -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case "gelu_new", "gelu_pytorch_tanh" ->
          x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2;
      case "quick_gelu" -> x / (1 + Math.exp(-1.702 * x));
      case "silu" -> x / (1 + Math.exp(-x));
      default -> throw new IllegalArgumentException(function);
    };
  }

  /** The Taylor series, and 1 where a double is no better. */
  private static double erf(double x) {
    if (Math.abs(x) > 5) {
      return Math.signum(x);
    }
    double sum = 0;
    double power = x;
    for (int n = 0; n < 120; n++) {
      sum += power / (2 * n + 1);
      power *= -x * x / (n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /**
   * Turns the first entries of a head in place: with n frequencies, entry i with entry n + i.
   *
   * @param from first entry of the head
   */
  public static void turn(double[] row, int from, int position, double[] frequencies) {
    int n = frequencies.length;
    for (int i = 0; i < n; i++) {
      double angle = position * frequencies[i];
      double first = row[from + i];
      double second = row[from + n + i];
      row[from + i] = first * Math.cos(angle) - second * Math.sin(angle);
      row[from + n + i] = second * Math.cos(angle) + first * Math.sin(angle);
    }
  }

  /** Returns base^(-2i/n) for each pair of n entries; a last entry without a partner counts. */
  public static double[] frequencies(int entries, double base) {
    double[] frequencies = new double[(entries + 1) / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(base, -2.0 * i / entries);
    }
    return frequencies;
  }

  /** Returns frequencies stretched as a {@code rope_scaling} says. */
  public static double[] stretched(double[] frequencies, JsonNode scaling) {
    double factor = scaling.path("factor").asDouble(1);
    double[] stretched = frequencies.clone();
    for (int i = 0; i < stretched.length; i++) {
      String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
      if (type.equals("linear")) {
        stretched[i] /= factor;
      } else if (type.equals("llama3")) {
        double old = scaling.path("original_max_position_embeddings").asDouble();
        double low = scaling.path("low_freq_factor").asDouble();
        double high = scaling.path("high_freq_factor").asDouble();
        double wavelength = 2 * Math.PI / stretched[i];
        if (wavelength > old / low) {
          stretched[i] /= factor;
        } else if (wavelength >= old / high) {
          double smooth = (old / wavelength - low) / (high - low);
          stretched[i] = (1 - smooth) * stretched[i] / factor + smooth * stretched[i];
        }
      }
    }
    return stretched;
  }

  /**
   * Returns causal attention of heads side by side; queries of neighbouring heads share keys and
   * values if there are fewer of these.
   *
   * @param queries (T, h*size)
   * @param keys (T, g*size)
   * @param values (T, g*size)
   */
  public static double[][] attention(
      double[][] queries, double[][] keys, double[][] values, int size) {
    return attention(queries, keys, values, size, Integer.MAX_VALUE);
  }

  /**
   * Returns the same through a sliding window.
   *
   * @param window how many tokens a token sees, itself included
   */
  public static double[][] attention(
      double[][] queries, double[][] keys, double[][] values, int size, int window) {
    int heads = queries[0].length / size;
    int sharing = queries[0].length / keys[0].length;
    double[][] mixed = new double[queries.length][heads * size];
    for (int head = 0; head < heads; head++) {
      int own = head * size;
      int shared = head / sharing * size;
      for (int t = 0; t < queries.length; t++) {
        double[] weight = new double[t + 1];
        double total = 0;
        for (int s = Math.max(0, t - window + 1); s <= t; s++) {
          double score = 0;
          for (int d = 0; d < size; d++) {
            score += queries[t][own + d] * keys[s][shared + d];
          }
          weight[s] = Math.exp(score / Math.sqrt(size));
          total += weight[s];
        }
        for (int s = Math.max(0, t - window + 1); s <= t; s++) {
          for (int d = 0; d < size; d++) {
            mixed[t][own + d] += weight[s] / total * values[s][shared + d];
          }
        }
      }
    }
    return mixed;
  }
}
