package io.nepenthe.report.view;

import io.nepenthe.plugin.MethodDescriptor;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which look a method has: the one its descriptor states, so that it is the same in every report;
 * else, or if another method of the report has that one, the next that no descriptor can state.
 */
final class LookOrder {
  private final Set<Integer> taken = new HashSet<>();
  private int next = MethodDescriptor.LOOKS;

  /** Returns the look of the next method, in the report's order. */
  MethodLook of(@Nullable Integer stated) {
    return MethodLook.of(stated != null && taken.add(stated) ? stated : next++);
  }
}
