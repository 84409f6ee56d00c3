package io.nepenthe.wording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers in sentences, the same in every country. */
public final class Words {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Words() {}

  /** Returns a number with up to six digits that count. */
  public static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /** Returns a constant's kebab-case name, as files have it. */
  public static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the notes that are not empty, one after the other. */
  public static String joined(String... notes) {
    return Stream.of(notes).filter(note -> !note.isEmpty()).collect(Collectors.joining("; "));
  }

  /** Returns "1 trial" or "2 trials". */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
