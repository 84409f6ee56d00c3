package io.nepenthe.cli;

import io.nepenthe.leaderboard.KnownJars;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.ReservedIds;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which jars may have the ids of the methods that Nepenthe ships. */
final class KnownJarsOption {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  @Option(
      names = "--jar",
      paramLabel = "ID=SHA256",
      description =
          "Further jar that may have the id of a shipped method, as one of an earlier release."
              + " Repeatable. Other jars with such an id are listed, not placed.")
  private List<String> further = List.of();

  /** Returns the jars this program ships; of a method that is not built here, none is known. */
  static KnownJars shipped() {
    Map<String, Set<String>> jars = new LinkedHashMap<>();
    ReservedIds.shipped().all().forEach(id -> jars.put(id, new TreeSet<>()));
    for (InstalledPlugin plugin : Places.shipped()) {
      jars.computeIfAbsent(plugin.id(), id -> new TreeSet<>()).add(plugin.sha256());
    }
    return new KnownJars(jars);
  }

  /** Returns the jars this program ships, and those the user vouches for. */
  KnownJars jars() {
    Map<String, Set<String>> vouched = new LinkedHashMap<>();
    for (String jar : further) {
      int at = jar.indexOf('=');
      if (at < 1 || !SHA_256.matcher(jar.substring(at + 1)).matches()) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "--jar is '" + jar + "', must be ID=SHA256 with 64 digits and small letters a to f");
      }
      vouched
          .computeIfAbsent(jar.substring(0, at), id -> new TreeSet<>())
          .add(jar.substring(at + 1));
    }
    return shipped().and(vouched);
  }
}
