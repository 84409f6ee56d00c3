package io.nepenthe.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of the interface between this program and plugins: the packages a plugin may use, and
 * what its descriptor may say. It has nothing to do with {@link
 * io.nepenthe.protocol.ProtocolVersion}, which says how results are measured.
 *
 * <p>A jar states in its manifest, as {@value #ATTRIBUTE}, the version it was built for. It fits if
 * the major versions are equal and its minor version is not above this program's.
 */
public final class PluginApi {
  /** The interface of this program, Major.Minor. */
  public static final String CURRENT = "2.2";

  /** Name of the manifest's attribute. */
  public static final String ATTRIBUTE = "Plugin-Api";

  private static final Pattern VERSION =
      Pattern.compile("(?<major>\\d{1,4})(\\.(?<minor>\\d{1,4}))?");

  private PluginApi() {}

  /**
   * Returns why a jar does not fit this program, and what to do; empty if it fits.
   *
   * @param stated the manifest's attribute; null if it has none
   */
  public static Optional<String> misfit(@Nullable String stated) {
    if (stated == null) {
      return Optional.of(
          "its manifest has no %s, so it was built for the first interface, and this program has %s: build it against this version's nepenthe-core, and state %s: %s"
              .formatted(ATTRIBUTE, CURRENT, ATTRIBUTE, CURRENT));
    }
    Matcher version = VERSION.matcher(stated);
    if (!version.matches()) {
      return Optional.of(
          "its %s is '%s', must be Major.Minor, such as %s".formatted(ATTRIBUTE, stated, CURRENT));
    }
    Matcher current = VERSION.matcher(CURRENT);
    if (!current.matches()) {
      throw new IllegalStateException(CURRENT);
    }
    int major = part(version, "major") - part(current, "major");
    if (major == 0 && part(version, "minor") <= part(current, "minor")) {
      return Optional.empty();
    }
    return Optional.of(
        "it was built for %s %s, this program has %s: %s"
            .formatted(
                ATTRIBUTE,
                stated,
                CURRENT,
                major < 0
                    ? "build it against this version's nepenthe-core"
                    : "use a newer Nepenthe, or build it against this version's nepenthe-core"));
  }

  private static int part(Matcher version, String part) {
    String digits = version.group(part);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
