package io.nepenthe.pluginhost;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import java.nio.file.Path;
import java.util.List;
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

  /** Returns the one method of a plugin jar. */
  public static MitigationMethod<?> method(Path jar) {
    DefaultPluginManager host = new ApplicationFirst(jar.getParent());
    host.setSystemVersion(ProtocolVersion.semantic());
    try {
      String id = host.loadPlugin(jar);
      host.startPlugin(id);
      List<? extends MitigationMethod<?>> methods = methods(host, id);
      if (methods.size() != 1) {
        throw rejected(
            jar, "it has " + methods.size() + " methods marked @Extension, must have 1", null);
      }
      return methods.get(0);
    } catch (NepentheException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw rejected(jar, "its classes cannot be loaded (" + e + ")", e);
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

  private static NepentheException rejected(Path jar, String why, Throwable cause) {
    return new NepentheException(
        ErrorCode.PLUGIN_REJECTED, "plugin " + jar + " is rejected: " + why + ".", cause);
  }
}
