package io.nepenthe.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: 90s, 10min, 1.5h, 2d, or several of them as 1h30min. */
final class Budget implements ITypeConverter<Duration> {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(sec|s|min|m|h|d)\\s*");

  @Override
  public Duration convert(String value) {
    Matcher parts = PART.matcher(value);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      double seconds = Double.parseDouble(parts.group(1)) * seconds(parts.group(2));
      sum = sum.plusMillis(Math.round(1000 * seconds));
      end = parts.end();
    }
    if (end < value.length() || sum.isZero()) {
      throw new TypeConversionException("'" + value + "' is no time, like 90s, 10min or 2h");
    }
    return sum;
  }

  private static double seconds(String unit) {
    return switch (unit.charAt(0)) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3600;
      default -> 86_400;
    };
  }
}
