package io.nepenthe.timing;

import java.io.ObjectInputFilter;

/**
 * What the judge takes from a fork: JMH passes objects, which Java makes again, and a plugin runs
 * where they come from. Nothing else here reads objects.
 */
final class ForkMessages implements ObjectInputFilter {
  private static final int DEEPEST = 64;
  private static final long MOST_OBJECTS = 1_000_000;
  private static boolean isSet;

  /** Has this process refuse all but JMH's own objects, and what they consist of. */
  static synchronized void filter() {
    if (!isSet && Config.getSerialFilter() == null) { // it can be set once
      Config.setSerialFilter(new ForkMessages());
    }
    isSet = true;
  }

  @Override
  public Status checkInput(FilterInfo found) {
    if (found.depth() > DEEPEST
        || found.references() > MOST_OBJECTS
        || found.arrayLength() > MOST_OBJECTS) {
      return Status.REJECTED;
    }
    Class<?> type = found.serialClass();
    if (type == null) {
      return Status.UNDECIDED;
    }
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return isHarmless(type) ? Status.ALLOWED : Status.REJECTED;
  }

  private static boolean isHarmless(Class<?> type) {
    String place = type.getPackageName();
    return type.isPrimitive()
        || place.startsWith("org.openjdk.jmh.")
        || place.equals("java.lang")
        || place.equals("java.util")
        || place.equals("java.util.concurrent")
        || (place.startsWith("io.nepenthe.") && (isThrown(type) || type.isEnum()))
        || (place.startsWith("java.") && isThrown(type));
  }

  private static boolean isThrown(Class<?> type) {
    return Throwable.class.isAssignableFrom(type);
  }
}
