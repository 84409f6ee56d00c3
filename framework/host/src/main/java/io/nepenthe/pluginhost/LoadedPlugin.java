package io.nepenthe.pluginhost;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;

/**
 * A plugin with its classes loaded; workers only. The application's classes come first, so that a
 * plugin that carries a copy of DJL still uses the host's.
 */
public final class LoadedPlugin {
  private LoadedPlugin() {}

  /** Returns the method of an installed plugin. */
  public static MitigationMethod<?> method(InstalledPlugin plugin) {
    return method(plugin.jar(), plugin.sha256());
  }

  /**
   * Returns the one method of a plugin jar.
   *
   * @param sha256 hash of the jar that is meant: results are stored under it
   * @throws NepentheException with PLUGIN_REJECTED if the jar is another by now
   */
  public static MitigationMethod<?> method(Path jar, String sha256) {
    requireUnchanged(jar, sha256);
    DefaultPluginManager host = new ApplicationFirst(jar.getParent());
    host.setSystemVersion(ProtocolVersion.semantic());
    try {
      String id = host.loadPlugin(jar);
      host.startPlugin(id);
      MethodDescriptor descriptor = PluginCatalog.descriptor(jar);
      host.getExtensionClasses(MitigationMethod.class, id).forEach(descriptor::requireFits);
      List<? extends MitigationMethod<?>> methods = methods(host, id);
      if (methods.size() != 1) {
        throw rejected(
            jar, "it has " + methods.size() + " methods marked @Extension, must have 1", null);
      }
      return methods.get(0);
    } catch (NepentheException e) {
      throw e;
    } catch (IllegalArgumentException e) { // no descriptor, or it does not fit the class
      throw rejected(jar, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) {
      throw rejected(jar, "its classes cannot be loaded (" + e + ")", e);
    }
  }

  /**
   * Does nothing if a jar is the one that is meant.
   *
   * @throws NepentheException with PLUGIN_REJECTED if it is another by now
   */
  public static void requireUnchanged(Path jar, String sha256) {
    String why = Files.isRegularFile(jar) ? "" : "it is gone";
    if (why.isEmpty() && !ContentHash.ofFile(jar).equals(sha256)) {
      why = "it was replaced after it was read";
    }
    if (!why.isEmpty()) {
      throw rejected(
          jar, why + "; put it back, or start again with the jar that is there now", null);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<? extends MitigationMethod<?>> methods(DefaultPluginManager host, String id) {
    return (List<? extends MitigationMethod<?>>)
        (List<?>) host.getExtensions(MitigationMethod.class, id);
  }

  private static final class ApplicationFirst extends DefaultPluginManager {
    ApplicationFirst(Path folder) {
      super(folder);
    }

    @Override
    protected PluginLoader createPluginLoader() {
      return new JarPluginLoader(this) {
        @Override
        public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
          PluginClassLoader loader =
              new PluginClassLoader(
                  pluginManager, descriptor, getClass().getClassLoader(), ClassLoadingStrategy.APD);
          loader.addFile(path.toFile());
          return loader;
        }
      };
    }
  }

  private static NepentheException rejected(Path jar, String why, @Nullable Throwable cause) {
    return new NepentheException(
        ErrorCode.PLUGIN_REJECTED, "plugin " + jar + " is rejected: " + why + ".", cause);
  }
}
