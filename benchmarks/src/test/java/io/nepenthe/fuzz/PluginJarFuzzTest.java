package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.testkit.BrokenPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Jars of plugins: none stops another. */
class PluginJarFuzzTest extends ParserProperties {
  private byte[] good = new byte[0];
  private byte[] other = new byte[0];

  @Override
  List<byte[]> whole() throws IOException {
    Path folder = Files.createTempDirectory("nepenthe-fuzz-jars");
    good = Files.readAllBytes(BrokenPlugin.EDITS_NOTHING.jar(folder));
    other = Files.readAllBytes(BrokenPlugin.THROWS.jar(folder));
    io.nepenthe.files.Folders.delete(folder);
    return List.of(other);
  }

  @Override
  List<String> words() {
    return List.of("META-INF/MANIFEST.MF", "Plugin-Id: x", "PK\u0001\u0002", "PK\u0005\u0006");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of();
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path jar = Files.write(place.resolve("a.jar"), file);
    Files.write(place.resolve("good.jar"), good);
    PluginCatalog catalog = PluginCatalog.scan(List.of(place));
    assertTrue(catalog.find(BrokenPlugin.EDITS_NOTHING.id()).isPresent());
    assertTrue(catalog.rejections().stream().allMatch(line -> line.lines().count() == 1));
    if (catalog.all().size() > 1) {
      requireWhole(jar);
    }
  }

  /** Nothing in a jar that is taken is another than was packed. */
  private void requireWhole(Path jar) throws IOException {
    Map<String, byte[]> packed = entries(Files.write(jar.resolveSibling("whole.zip"), other));
    entries(jar)
        .forEach(
            (name, content) ->
                assertArrayEquals(packed.getOrDefault(name, new byte[0]), content, name));
  }

  private static Map<String, byte[]> entries(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }
}
