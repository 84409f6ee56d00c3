package io.nepenthe.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the machine has for the Java heap, and what libtorch says where its own memory ends. */
final class Memory {
  private static final long MIB = 1 << 20;

  private Memory() {}

  /** Returns what to set so that the heap is larger, if the machine has room for that. */
  static String advice() {
    return advice(Runtime.getRuntime().maxMemory() / MIB, ofThisMachine() / MIB);
  }

  /** Returns how much memory the machine, or the container, has in bytes. */
  static long ofThisMachine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Doubles the heap at least, to 8 GB where the machine has twice as much. */
  static String advice(long heapMib, long machineMib) {
    long larger = Math.max(2 * heapMib, Math.min(8192, machineMib / 2));
    String sizes =
        String.format(
            Locale.ROOT, "The Java heap has %d MB of the machine's %d MB: ", heapMib, machineMib);
    return larger < machineMib
        ? sizes + "set NEPENTHE_JAVA_OPTS=-Xmx" + larger + "m"
        : sizes + "take a machine with more";
  }

  static boolean isRefusedByLibtorch(Throwable thrown) {
    String words = String.valueOf(thrown.getMessage());
    return thrown.getClass().getName().startsWith("ai.djl.")
        && (words.contains("not enough memory")
            || words.contains("can't allocate memory")
            || words.contains("out of memory"));
  }
}
