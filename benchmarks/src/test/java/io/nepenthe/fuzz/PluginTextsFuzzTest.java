package io.nepenthe.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.PluginApi;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.pluginhost.PluginJar;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.testkit.BrokenPlugin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.pf4j.DefaultVersionManager;

/** Manifest, list of extensions and descriptor of a jar that is whole. */
class PluginTextsFuzzTest extends ParserProperties {
  private static final List<String> TEXTS =
      List.of(JarFile.MANIFEST_NAME, PluginJar.EXTENSIONS, MethodDescriptor.RESOURCE);

  private static final List<String> SAID =
      List.of(
          "Plugin-Api: 9.0",
          "Plugin-Api: 2.999",
          "Plugin-Api: 1.0",
          "Plugin-Requires: >=9.0.0",
          "Plugin-Requires: *",
          "Plugin-Requires: <1.0.0",
          "Plugin-Dependencies: other");

  private final Map<String, byte[]> entries = new TreeMap<>();

  @Override
  List<byte[]> whole() throws IOException {
    Path folder = Files.createTempDirectory("nepenthe-fuzz-jars");
    try (ZipFile zip = new ZipFile(BrokenPlugin.EDITS_NOTHING.jar(folder).toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    io.nepenthe.files.Folders.delete(folder);
    return TEXTS.stream().map(entries::get).toList();
  }

  @Override
  List<String> words() {
    return List.of("Plugin-Id: x\n", "Plugin-Api: 9\n", "# ", "a.b.C", "\n ", "\n\n");
  }

  /** A manifest that says something else, or another word somewhere. */
  @Override
  byte[] made(int n, Random random) throws IOException {
    if (n % 2 == 0) {
      return super.made(n / 2, random);
    }
    String[] said = SAID.get(n / 2 % SAID.size()).split(": ", -1);
    Manifest manifest = new Manifest(new ByteArrayInputStream(entries.get(JarFile.MANIFEST_NAME)));
    manifest.getMainAttributes().putValue(said[0], said[1]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of();
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    for (String text : TEXTS) {
      Map<String, byte[]> changed = new TreeMap<>(entries);
      changed.put(text, file);
      Path folder = Files.createDirectory(place.resolve("jars-" + TEXTS.indexOf(text)));
      Files.write(folder.resolve("a.jar"), MadeArchive.of(changed));
      PluginCatalog catalog = PluginCatalog.scan(List.of(folder));
      assertEquals(1, catalog.all().size() + catalog.rejections().size());
      assertTrue(catalog.rejections().stream().allMatch(line -> line.lines().count() == 1));
      for (InstalledPlugin plugin : catalog.all()) {
        requireSaid(plugin, changed);
      }
    }
  }

  private static void requireSaid(InstalledPlugin plugin, Map<String, byte[]> entries)
      throws IOException {
    Attributes manifest =
        new Manifest(new ByteArrayInputStream(entries.get(JarFile.MANIFEST_NAME)))
            .getMainAttributes();
    assertEquals(manifest.getValue("Plugin-Id"), plugin.id());
    assertEquals(manifest.getValue("Plugin-Version"), plugin.version());
    String[] api = manifest.getValue("Plugin-Api").split("\\.", -1);
    String[] ours = PluginApi.CURRENT.split("\\.", -1);
    assertEquals(ours[0], api[0]);
    int minor = api.length > 1 ? Integer.parseInt(api[1]) : 0;
    assertTrue(minor <= Integer.parseInt(ours[1]), "built for a later interface");
    assertTrue(
        new DefaultVersionManager()
            .checkVersionConstraint(
                ProtocolVersion.semantic(), manifest.getValue("Plugin-Requires")),
        "made for another protocol");
    assertTrue(
        new String(entries.get(PluginJar.EXTENSIONS), UTF_8)
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip().replace('.', '/') + ".class")
            .anyMatch(entries::containsKey),
        "it lists no class that it holds");
    Said.inJson(entries.get(MethodDescriptor.RESOURCE), plugin.descriptor());
  }
}
