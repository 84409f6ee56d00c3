package io.nepenthe.pluginhost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.testkit.BrokenMethods;
import io.nepenthe.testkit.BrokenPlugin;
import io.nepenthe.testkit.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pf4j.Extension;

class LoadedPluginTest {
  @TempDir private Path folder;
  private InstalledPlugin plugin;

  @BeforeEach
  void install() {
    BrokenPlugin.EDITS_NOTHING.jar(folder);
    plugin = PluginCatalog.scan(List.of(folder)).require("edits-nothing");
  }

  private void isRejected(String why) {
    NepentheException e = assertThrows(NepentheException.class, () -> LoadedPlugin.method(plugin));
    assertEquals(ErrorCode.PLUGIN_REJECTED, e.code());
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void theJarThatWasReadIsLoaded() {
    assertNotNull(LoadedPlugin.method(plugin));
  }

  @Test
  void aJarThatWasReplacedIsNot() throws IOException {
    Path other = folder.resolve("other");
    BrokenPlugin.THROWS.jar(other);
    try (var jars = Files.list(other)) {
      Files.copy(jars.findFirst().orElseThrow(), plugin.jar(), StandardCopyOption.REPLACE_EXISTING);
    }
    isRejected("it was replaced after it was read");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"family\": \"fine-tuning\"', implement FineTuning",
    "'\"family\": \"regularizer\"', implement Regularizer",
    "'\"family\": \"control\", \"runs\": \"in-training\"', only a Regularizer runs in-training"
  })
  void aJarWhoseDescriptorSaysAnotherFamilyIsNot(String family, String whatToDo) {
    String said = "\"family\": \"unlearning\",\n  \"edits\": \"weights\"";
    String honest = BrokenPlugin.EDITS_NOTHING.descriptor();
    assertTrue(honest.contains(said), honest);
    String lying = honest.replace(said, family).replace("\"forget-set\"", "");
    new PluginJarBuilder("lying", BrokenPlugin.EDITS_NOTHING.method())
        .descriptor(lying)
        .build(folder);
    plugin = PluginCatalog.scan(List.of(folder)).require("lying");
    isRejected(whatToDo);
  }

  /** A method that needs a native library which is not here. */
  @Extension
  public static final class Native implements Unlearning<BrokenMethods.Hyperparameters> {
    static {
      System.loadLibrary("there-is-no-such-library");
    }

    @Override
    public Class<BrokenMethods.Hyperparameters> hyperparameters() {
      return BrokenMethods.Hyperparameters.class;
    }

    @Override
    public void mitigate(
        BrokenMethods.Hyperparameters hyperparameters, MitigationContext context) {}
  }

  @Test
  void aMethodWithoutItsNativeLibraryIsNot() {
    new PluginJarBuilder("native", Native.class)
        .descriptor(BrokenPlugin.EDITS_NOTHING.descriptor())
        .build(folder);
    plugin = PluginCatalog.scan(List.of(folder)).require("native");
    isRejected("there-is-no-such-library");
  }

  @Test
  void bytesThatAreNoClassAreNot() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(plugin.jar())) {
      Files.writeString(zip.getPath("META-INF/extensions.idx"), "Garbled\n");
      Files.writeString(zip.getPath("Garbled.class"), "no class");
    }
    plugin = PluginCatalog.scan(List.of(folder)).require("edits-nothing");
    isRejected("");
  }

  @Test
  void aJarThatIsGoneIsNot() throws IOException {
    Files.delete(plugin.jar());
    isRejected("it is gone");
  }
}
