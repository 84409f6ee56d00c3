package io.nepenthe.study;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.ChallengeResult;
import java.util.List;
import java.util.function.Predicate;

/**
 * The methods whose models make the two pools, by what their descriptors say of them.
 *
 * @param unchanged id of the one that leaves the original as it is
 * @param retrained id of the one whose models were trained without artifacts
 */
public record PoolMethods(String unchanged, String retrained) {
  /**
   * Returns those that are installed.
   *
   * @throws NepentheException with BAD_USAGE if one of them is not
   */
  public static PoolMethods of(PluginCatalog plugins) {
    return new PoolMethods(
        id(plugins, MethodDescriptor::leavesTheModel, "leaves the original model as it is"),
        id(plugins, MethodDescriptor::retrainsTheModel, "retrains without artifacts"));
  }

  private static String id(PluginCatalog plugins, Predicate<MethodDescriptor> is, String inWords) {
    return plugins.all().stream()
        .filter(plugin -> is.test(plugin.descriptor()))
        .map(InstalledPlugin::id)
        .findFirst()
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.BAD_USAGE,
                    "a study of metrics needs the control that "
                        + inWords
                        + ", and no jar has it. Build the plugins that ship with the program."));
  }

  List<String> all() {
    return List.of(unchanged, retrained);
  }

  /** Returns the pool of a challenged model. */
  Pool of(String subject) {
    if (subject.equals(ChallengeResult.ORIGINAL)) {
      return Pool.ORIGINAL;
    }
    return subject.equals(retrained) ? Pool.RETRAINED : Pool.MITIGATED;
  }
}
