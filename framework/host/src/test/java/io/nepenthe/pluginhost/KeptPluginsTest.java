package io.nepenthe.pluginhost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.testkit.BrokenPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPluginsTest {
  @TempDir private Path run;
  @TempDir private Path installed;
  private KeptPlugins kept;
  private InstalledPlugin plugin;
  private Path jar;

  @BeforeEach
  void install() {
    BrokenPlugin.EDITS_NOTHING.jar(installed);
    kept = new KeptPlugins(run);
    plugin = PluginCatalog.scan(List.of(installed)).require("edits-nothing");
    jar = run.resolve("plugins").resolve(plugin.sha256() + ".jar");
  }

  private NepentheException mistake() {
    return assertThrows(NepentheException.class, () -> kept.catalog(List.of(plugin.sha256())));
  }

  @Test
  void aKeptJarIsThePluginWithoutWhatWasInstalled() throws IOException {
    kept.keep(plugin);
    Files.delete(plugin.jar());
    InstalledPlugin found = kept.catalog(List.of(plugin.sha256())).require("edits-nothing");
    assertEquals(plugin.sha256(), found.sha256());
    assertEquals(plugin.descriptor(), found.descriptor());
    assertEquals(jar.toAbsolutePath(), found.jar());
  }

  @Test
  void aJarIsWrittenOnce() throws IOException {
    kept.keep(plugin);
    long written = Files.getLastModifiedTime(jar).toMillis() - 5000;
    Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.fromMillis(written));
    kept.keep(plugin);
    assertEquals(written, Files.getLastModifiedTime(jar).toMillis());
  }

  @Test
  void aDamagedJarIsReplacedWhereThePluginIsThere() throws IOException {
    kept.keep(plugin);
    Files.writeString(jar, "x", StandardOpenOption.APPEND);
    kept.keep(plugin);
    assertEquals(1, kept.catalog(List.of(plugin.sha256())).all().size());
  }

  @Test
  void aJarThatIsMissingOrAnotherIsNotUsed() throws IOException {
    assertEquals(ErrorCode.STORE_CORRUPT, mistake().code());
    assertTrue(mistake().getMessage().contains(".jar is not there"));
    kept.keep(plugin);
    Files.writeString(jar, "x", StandardOpenOption.APPEND);
    assertTrue(mistake().getMessage().contains("is not the jar that the run used"));
  }

  @Test
  void aPluginThatChangedSinceItWasReadIsNotKept() throws IOException {
    Files.writeString(plugin.jar(), "x", StandardOpenOption.APPEND);
    NepentheException e = assertThrows(NepentheException.class, () -> kept.keep(plugin));
    assertEquals(ErrorCode.PLUGIN_REJECTED, e.code());
    assertTrue(Files.notExists(jar));
  }
}
