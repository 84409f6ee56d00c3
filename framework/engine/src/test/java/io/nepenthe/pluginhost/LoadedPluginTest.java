package io.nepenthe.pluginhost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.testkit.BrokenPlugin;
import io.nepenthe.testkit.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void aJarThatIsGoneIsNot() throws IOException {
    Files.delete(plugin.jar());
    isRejected("it is gone");
  }
}
