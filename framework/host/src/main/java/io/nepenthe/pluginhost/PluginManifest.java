package io.nepenthe.pluginhost;

import io.nepenthe.plugin.PluginApi;
import io.nepenthe.protocol.ProtocolVersion;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;

/**
 * What the manifest of a plugin jar says.
 *
 * @param id Plugin-Id; null if not said, as all others
 * @param version Plugin-Version
 * @param api Plugin-Api: the version of the interface that it was built for
 * @param requires Plugin-Requires: the versions of the measuring protocol that it works with
 * @param provider Plugin-Provider: who wrote the plugin
 * @param license Plugin-License: under which licence, as an SPDX expression
 * @param dependencies Plugin-Dependencies
 */
public record PluginManifest(
    @Nullable String id,
    @Nullable String version,
    @Nullable String api,
    @Nullable String requires,
    @Nullable String provider,
    @Nullable String license,
    @Nullable String dependencies) {
  private static final int LONGEST_ID = 64;
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");

  static PluginManifest of(Attributes attributes) {
    return new PluginManifest(
        attributes.getValue("Plugin-Id"),
        attributes.getValue("Plugin-Version"),
        attributes.getValue(PluginApi.ATTRIBUTE),
        attributes.getValue("Plugin-Requires"),
        attributes.getValue("Plugin-Provider"),
        attributes.getValue("Plugin-License"),
        attributes.getValue("Plugin-Dependencies"));
  }

  /**
   * Does nothing if the plugin has a name and a version, and stands alone.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public void requireIdentity() {
    if (id == null || version == null) {
      throw new IllegalArgumentException("its manifest has no Plugin-Id or Plugin-Version");
    }
    if (id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "its Plugin-Id has " + id.length() + " characters, may have " + LONGEST_ID);
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("its Plugin-Id '" + id + "' is not kebab-case");
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "its Plugin-Version '"
              + version
              + "' is none: up to 64 letters, digits, '.', '+', '-' and '_', such as 1.0.0");
    }
    if (dependencies != null && !dependencies.isBlank()) {
      throw new IllegalArgumentException(
          "its manifest has Plugin-Dependencies '" + dependencies + "', and a plugin stands alone");
    }
  }

  /**
   * Does nothing if the plugin was built for this program's interface.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public void requireApi() {
    PluginApi.misfit(api)
        .ifPresent(
            misfit -> {
              throw new IllegalArgumentException(misfit);
            });
  }

  /**
   * Does nothing if the plugin works with this program's measuring protocol.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public void requireProtocol() {
    if (requires == null) {
      throw new IllegalArgumentException(
          "its manifest has no Plugin-Requires, the measuring protocols it works with, such as ^"
              + ProtocolVersion.semantic());
    }
    boolean satisfied;
    try {
      satisfied =
          new DefaultVersionManager().checkVersionConstraint(ProtocolVersion.semantic(), requires);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(
          "its Plugin-Requires '" + requires + "' is no version range", e);
    }
    if (!satisfied) {
      throw new IllegalArgumentException(
          "it needs protocol " + requires + ", this program has " + ProtocolVersion.CURRENT);
    }
  }
}
