package io.nepenthe.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An option of the form NAME=VALUE that may be given several times, each name once. */
final class NamedValues {
  private NamedValues() {}

  /**
   * Returns the values by name, in the order given.
   *
   * @param what the value is, as the command's help calls it
   */
  static Map<String, String> of(String command, String option, String what, List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String each : given) {
      int end = each.indexOf('=');
      if (end < 1 || end == each.length() - 1) {
        throw Usage.of(command, option + " is '" + each + "', must be NAME=" + what);
      }
      if (values.put(each.substring(0, end), each.substring(end + 1)) != null) {
        throw Usage.of(command, option + " names " + each.substring(0, end) + " twice");
      }
    }
    return values;
  }

  /** Returns a number, or the word itself, which a descriptor refuses by name and range. */
  static Object number(String value) {
    try {
      return Double.valueOf(value);
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
