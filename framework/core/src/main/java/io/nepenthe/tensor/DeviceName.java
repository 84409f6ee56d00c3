package io.nepenthe.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What computes, and how, as suites and results name it: "cpu", "gpu" (the first), "gpu1", ...; a
 * GPU with "+tf32" behind it may round what it multiplies to TF32, which has the range of float32
 * and 10 bits of its fraction.
 *
 * @param place "cpu", "gpu", "gpu1", ...
 * @param usesTf32 whether products of float32 may be of TF32
 */
public record DeviceName(String place, boolean usesTf32) {
  /** The only one that is no GPU. */
  public static final String CPU = "cpu";

  /** What a name must be. */
  public static final String RULE = "must be cpu, gpu, gpu1, ...";

  private static final Pattern NAME = Pattern.compile("(cpu|gpu(\\d{0,2})(?=\\+|$))(\\+tf32)?");

  /**
   * Returns what a name says.
   *
   * @throws IllegalArgumentException if it is none; the message says what it must be
   */
  public static DeviceName of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches() || (CPU.equals(parts.group(1)) && parts.group(3) != null)) {
      throw new IllegalArgumentException("device is '" + name + "', " + RULE);
    }
    return new DeviceName(parts.group(1), parts.group(3) != null);
  }

  /** Returns true if it is a GPU. */
  public boolean isGpu() {
    return !CPU.equals(place);
  }

  /** Returns the number of the GPU: "gpu" is the first. */
  public int index() {
    String number = place.replaceFirst("\\D+", "");
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  /** Returns true if it names no certain one of several GPUs. */
  public boolean isAnyGpu() {
    return "gpu".equals(place);
  }
}
