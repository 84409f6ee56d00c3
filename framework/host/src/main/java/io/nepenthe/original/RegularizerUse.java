package io.nepenthe.original;

import io.nepenthe.pluginhost.InstalledPlugin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A regularizer that takes part in a training.
 *
 * @param id id of the plugin
 * @param version its version
 * @param jar path of its jar
 * @param jarSha256 hash of its jar
 * @param hyperparameters one grid point
 */
public record RegularizerUse(
    String id, String version, String jar, String jarSha256, Map<String, Number> hyperparameters) {
  /** Copies the map. */
  public RegularizerUse {
    hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
  }

  /** Returns a plugin's use at a grid point. */
  public static RegularizerUse of(InstalledPlugin plugin, Map<String, Number> point) {
    return new RegularizerUse(
        plugin.id(), plugin.version(), plugin.jar().toString(), plugin.sha256(), point);
  }
}
