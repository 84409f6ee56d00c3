package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.testkit.BrokenPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

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
    Files.write(place.resolve("a.jar"), file);
    Files.write(place.resolve("good.jar"), good);
    PluginCatalog catalog = PluginCatalog.scan(List.of(place));
    assertTrue(catalog.find(BrokenPlugin.EDITS_NOTHING.id()).isPresent());
    assertTrue(catalog.rejections().stream().allMatch(line -> line.lines().count() == 1));
  }
}
