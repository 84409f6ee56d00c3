package io.nepenthe.machine;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells that a GPU has no memory left from whatever else libtorch says. */
public final class DeviceShortage {
  /** Property that says which GPU of the machine a worker's first one is: "0", "1", ... */
  public static final String GPU_PROPERTY = "nepenthe.gpu";

  private static final String BINDING = "ai.djl.";
  private static final Pattern SHORTAGE =
      Pattern.compile(
          "(?:CUDA|HIP) (?:error: )?out of memory(?:.{0,9}Tried to allocate ([\\d.]+ \\w+))?");
  private static final Pattern GPU = Pattern.compile("GPU (\\d+)");
  private static final int MOST_CAUSES = 100;

  private DeviceShortage() {}

  /**
   * Returns it in words: "out of memory on gpu 0, which was asked for 20.00 GiB more"; empty if
   * something else was thrown.
   */
  public static Optional<String> words(Throwable thrown) {
    try {
      return found(thrown);
    } catch (Throwable own) { // a plugin's class may do anything here
      return Optional.empty();
    }
  }

  private static Optional<String> found(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = thrown;
        each != null && seen.size() < MOST_CAUSES && seen.add(each);
        each = each.getCause()) {
      if (each.getClass().getName().startsWith(BINDING)) {
        String message = String.valueOf(each.getMessage());
        Matcher shortage = SHORTAGE.matcher(message);
        if (shortage.find()) {
          return Optional.of(words(gpu(message), shortage.group(1)));
        }
      }
    }
    return Optional.empty();
  }

  private static String gpu(String message) {
    String known = System.getProperty(GPU_PROPERTY);
    Matcher named = GPU.matcher(message);
    String said = named.find() ? named.group(1) : "0";
    return known == null ? said : known;
  }

  private static String words(String gpu, @Nullable String asked) {
    return "out of memory on gpu "
        + gpu
        + (asked == null ? "" : ", which was asked for " + asked + " more");
  }
}
