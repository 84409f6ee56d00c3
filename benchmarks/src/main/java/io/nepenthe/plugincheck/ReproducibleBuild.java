package io.nepenthe.plugincheck;

import io.nepenthe.pluginhost.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;

/**
 * What a jar shows of how it was built. A build that gives equal jars for equal sources sets one
 * time for all entries, which is not the clock's, and sorts the classes of a package.
 */
final class ReproducibleBuild {
  private static final Duration JUST_NOW = Duration.ofMinutes(2);
  private static final List<String> OF_ONE_BUILD =
      List.of("Built-By", "Build-Time", "Build-Date", "Build-Timestamp", "Bnd-LastModified");

  private ReproducibleBuild() {}

  static void require(PluginJar jar) throws IOException {
    requireOneTime(jar);
    requireSorted(jar);
    for (String attribute : OF_ONE_BUILD) {
      if (jar.attribute(attribute).isPresent()) {
        throw new IllegalArgumentException(
            "its manifest has " + attribute + ", which differs from build to build");
      }
    }
  }

  private static void requireOneTime(PluginJar jar) throws IOException {
    LocalDateTime first = null;
    for (ZipEntry entry : jar.entries().values()) {
      LocalDateTime time = entry.getTimeLocal();
      first = first == null ? time : first;
      if (!time.equals(first)) {
        throw new IllegalArgumentException(
            "its entries have different times, " + first + " and " + time);
      }
    }
    LocalDateTime written =
        LocalDateTime.ofInstant(
            Files.getLastModifiedTime(jar.path()).toInstant(), ZoneId.systemDefault());
    if (first != null && Duration.between(first, written).abs().compareTo(JUST_NOW) < 0) {
      throw new IllegalArgumentException("its entries have the time of the build, " + first);
    }
  }

  private static void requireSorted(PluginJar jar) {
    Map<String, String> last = new HashMap<>();
    for (String name : jar.entries().keySet()) {
      if (name.endsWith(".class")) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        String before = last.put(folder, name);
        if (before != null && before.compareTo(name) > 0) {
          throw new IllegalArgumentException(
              "its classes are in no order: " + before + " comes before " + name);
        }
      }
    }
  }
}
