package io.nepenthe.suite;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method a suite asks for.
 *
 * @param id id of the plugin
 * @param grid values to search per hyper-parameter; the plugin's own grid if left out
 */
public record MethodChoice(String id, @Nullable Map<String, List<Object>> grid) {
  /** Checks the id. */
  public MethodChoice {
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("a method has no id");
    }
  }
}
