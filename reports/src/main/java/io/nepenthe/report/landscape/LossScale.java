package io.nepenthe.report.landscape;

import io.nepenthe.landscape.Landscape;
import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.view.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The scale of losses that all landscapes of a figure share: linear, or logarithmic where only that
 * shows them all.
 *
 * @param low smallest loss
 * @param high largest loss, above the smallest
 * @param isLogarithmic true if equal steps are equal ratios
 */
record LossScale(double low, double high, boolean isLogarithmic) {
  private static final int MOST_LEVELS = 9;
  private static final double[] STEPS = {1, 2, 5};

  /** Returns the scale of all losses of the landscapes. */
  static LossScale of(List<Landscape> landscapes) {
    double[] losses = landscapes.stream().flatMapToDouble(Landscape::all).sorted().toArray();
    double low = losses[0];
    double high = losses[losses.length - 1];
    return new LossScale(low, high > low ? high : low + 1, AxisRange.isWide(low, high));
  }

  /** Returns where a loss lies, from 0 for the smallest to 1 for the largest. */
  double position(double loss) {
    return isLogarithmic
        ? Math.log(loss / low) / Math.log(high / low)
        : (loss - low) / (high - low);
  }

  /** Returns round losses within the scale, rising: ticks of axes, and contours. */
  List<Double> levels() {
    return isLogarithmic ? ratios() : multiples();
  }

  private List<Double> multiples() {
    double step = step((high - low) / MOST_LEVELS);
    List<Double> levels = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step); k * step <= high; k++) {
      levels.add(k * step);
    }
    return levels;
  }

  /** Returns the smallest of 1, 2 and 5 times a power of ten that is not below the width. */
  private static double step(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double step : STEPS) {
      if (step * power >= width) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private List<Double> ratios() {
    List<Double> levels = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (double step : STEPS) {
        double level = step * Math.pow(10, power);
        if (level >= low && level <= high) {
          levels.add(level);
        }
      }
    }
    return levels;
  }

  /** Returns a level as printed, all with as many decimals as the finest needs. */
  String label(double level) {
    double finest = isLogarithmic ? level : step((high - low) / MOST_LEVELS);
    return Numbers.decimal(level, (int) Math.max(0, -Math.floor(Math.log10(finest * 1.000001))));
  }

  /** Returns what the scale shows, with its unit. */
  String title() {
    return "Loss (nats per token" + (isLogarithmic ? ", logarithmic)" : ")");
  }
}
