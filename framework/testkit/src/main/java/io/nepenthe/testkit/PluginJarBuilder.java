package io.nepenthe.testkit;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.PluginApi;
import io.nepenthe.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Builds a plugin jar of compiled classes, laid out as the build of {@code plugins/} lays it out.
 *
 * <p>The class of the method and all classes nested in it are taken along; name others with {@link
 * #classes}. Entries have no times, so that equal plugins are equal files.
 */
public final class PluginJarBuilder {
  private static final String EXTENSIONS = "META-INF/extensions.idx";

  private final String id;
  private final String method;
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private String version = "0.1.0";
  private Optional<String> requires = Optional.of("^" + ProtocolVersion.semantic());
  private Optional<String> api = Optional.of(PluginApi.CURRENT);
  private Optional<String> descriptor = Optional.empty();
  private boolean listed = true;

  /** Starts a jar for one method; without {@link #descriptor} it has none. */
  public PluginJarBuilder(String id, Class<? extends MitigationMethod<?>> method) {
    this.id = id;
    this.method = method.getName();
    classes(method);
  }

  /** Adds classes with all that are nested in them. */
  public PluginJarBuilder classes(Class<?>... added) {
    for (Class<?> type : added) {
      classes.add(type);
      classes(type.getDeclaredClasses());
    }
    return this;
  }

  /** Sets the plugin's version, else 0.1.0. */
  public PluginJarBuilder version(String value) {
    this.version = value;
    return this;
  }

  /** Sets the protocol versions it works with, else the current major one. */
  public PluginJarBuilder requires(String value) {
    this.requires = Optional.of(value);
    return this;
  }

  /** Leaves out which protocol versions it works with. */
  public PluginJarBuilder withoutRequires() {
    this.requires = Optional.empty();
    return this;
  }

  /** Sets the interface it was built for, else this program's. */
  public PluginJarBuilder api(String value) {
    this.api = Optional.of(value);
    return this;
  }

  /** Leaves out which interface it was built for, as jars for the first one do. */
  public PluginJarBuilder withoutApi() {
    this.api = Optional.empty();
    return this;
  }

  /** Sets the JSON of the descriptor. */
  public PluginJarBuilder descriptor(String json) {
    this.descriptor = Optional.of(json);
    return this;
  }

  /** Leaves the descriptor out. */
  public PluginJarBuilder withoutDescriptor() {
    this.descriptor = Optional.empty();
    return this;
  }

  /** Leaves the list of extensions empty. */
  public PluginJarBuilder withoutExtension() {
    this.listed = false;
    return this;
  }

  /** Writes {@code id-version.jar} into the folder, which is made if missing; returns the jar. */
  public Path build(Path folder) {
    Path jar = folder.resolve(id + "-" + version + ".jar");
    try {
      Files.createDirectories(folder);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        add(out, "META-INF/MANIFEST.MF", manifest());
        add(out, EXTENSIONS, (listed ? method + "\n" : "").getBytes(StandardCharsets.UTF_8));
        if (descriptor.isPresent()) {
          byte[] json = descriptor.get().getBytes(StandardCharsets.UTF_8);
          add(out, MethodDescriptor.RESOURCE, json);
        }
        for (Class<?> type : classes) {
          String file = type.getName().replace('.', '/') + ".class";
          add(out, file, bytes(type, file));
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + jar, e);
    }
  }

  private byte[] manifest() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Plugin-Id", id);
    attributes.putValue("Plugin-Version", version);
    attributes.putValue("Plugin-Description", "Built by a test.");
    attributes.putValue("Plugin-Provider", "Nepenthe");
    attributes.putValue("Plugin-License", "Apache-2.0");
    requires.ifPresent(value -> attributes.putValue("Plugin-Requires", value));
    api.ifPresent(value -> attributes.putValue(PluginApi.ATTRIBUTE, value));
    var bytes = new java.io.ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static byte[] bytes(Class<?> type, String file) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + file)) {
      return in.readAllBytes();
    }
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTime(0);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
