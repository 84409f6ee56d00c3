package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.protocol.ContentHash;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PluginJarBuilderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(BrokenPlugin.class)
  void everyBrokenPluginIsAJarThatNamesItself(BrokenPlugin plugin) throws Exception {
    try (JarFile jar = new JarFile(plugin.jar(folder).toFile())) {
      assertEquals(plugin.id(), jar.getManifest().getMainAttributes().getValue("Plugin-Id"));
      assertNotNull(jar.getEntry("META-INF/extensions.idx"));
    }
  }

  @Test
  void carriesEveryClassTheMethodNeeds() throws Exception {
    URL jar = BrokenPlugin.THROWS.jar(folder).toUri().toURL();
    try (URLClassLoader loader = new WithoutTestkit(jar)) {
      Class<?> type = loader.loadClass(BrokenPlugin.THROWS.method().getName());
      assertEquals(loader, type.getClassLoader());
      MitigationMethod<?> method =
          (MitigationMethod<?>) type.getDeclaredConstructor().newInstance();
      assertEquals(loader, method.hyperparameters().getClassLoader());
    }
  }

  /** Loads the classes of the testkit from the jar, all others from the host. */
  private static final class WithoutTestkit extends URLClassLoader {
    WithoutTestkit(URL jar) {
      super(new URL[] {jar}, WithoutTestkit.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.nepenthe.testkit.")) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void leavesOutWhatItIsTold() throws Exception {
    try (JarFile jar = new JarFile(BrokenPlugin.NO_DESCRIPTOR.jar(folder).toFile())) {
      assertNull(jar.getEntry(MethodDescriptor.RESOURCE));
    }
    try (JarFile jar = new JarFile(BrokenPlugin.NO_EXTENSION.jar(folder).toFile())) {
      assertEquals(0, jar.getEntry("META-INF/extensions.idx").getSize());
    }
  }

  @Test
  void equalPluginsAreEqualFiles() {
    String first = ContentHash.ofFile(BrokenPlugin.THROWS.jar(folder.resolve("a")));
    String second = ContentHash.ofFile(BrokenPlugin.THROWS.jar(folder.resolve("b")));
    assertEquals(first, second);
  }

  @Test
  void descriptorsAreValidUnlessTheyAreToBeWrong() {
    for (BrokenPlugin plugin : BrokenPlugin.values()) {
      if (plugin != BrokenPlugin.GARBLED_DESCRIPTOR) {
        MethodDescriptor descriptor = MethodDescriptor.read(bytes(plugin));
        boolean right = descriptor.hyperparameters().containsKey("strength");
        assertEquals(plugin != BrokenPlugin.WRONG_DESCRIPTOR, right);
      }
    }
    assertTrue(BrokenPlugin.THROWS.id().equals("throws"));
    assertFalse(BrokenPlugin.THROWS.descriptor().isBlank());
  }

  private static byte[] bytes(BrokenPlugin plugin) {
    return plugin.descriptor().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
