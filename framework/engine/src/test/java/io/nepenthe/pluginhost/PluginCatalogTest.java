package io.nepenthe.pluginhost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.PluginApi;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.testkit.BrokenPlugin;
import io.nepenthe.testkit.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginCatalogTest {
  @TempDir private Path folder;

  private PluginCatalog scan() {
    return PluginCatalog.scan(List.of(folder));
  }

  /** Returns why the folder's only jar is rejected; the good one beside it must stay usable. */
  private String rejection() {
    BrokenPlugin.EDITS_NOTHING.jar(folder);
    PluginCatalog catalog = scan();
    assertEquals(List.of("edits-nothing"), catalog.all().stream().map(p -> p.id()).toList());
    assertEquals(1, catalog.rejections().size(), catalog.rejections().toString());
    String line = catalog.rejections().get(0);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains(folder.toString()), line);
    return line;
  }

  private static PluginJarBuilder good(String id) {
    return new PluginJarBuilder(id, BrokenPlugin.EDITS_NOTHING.method())
        .descriptor(BrokenPlugin.EDITS_NOTHING.descriptor());
  }

  @Test
  void findsJarsInTheFolderAndInTargetFolders() {
    good("here").build(folder);
    good("built").build(folder.resolve("built").resolve("target"));
    good("deeper").build(folder.resolve("a").resolve("b").resolve("target"));
    assertEquals(List.of("built", "here"), scan().all().stream().map(p -> p.id()).toList());
    assertEquals(List.of(), scan().rejections());
  }

  @Test
  void readsVersionAndHashWithoutLoadingAClass() {
    good("plain").version("1.2.3").build(folder);
    InstalledPlugin plugin = scan().require("plain");
    assertEquals("1.2.3", plugin.version());
    assertTrue(plugin.sha256().matches("[0-9a-f]{64}"));
    assertEquals("edits-nothing", plugin.descriptor().name());
  }

  @Test
  void rejectsAnotherProtocol() {
    BrokenPlugin.NEEDS_ANOTHER_PROTOCOL.jar(folder);
    assertTrue(rejection().contains("it needs protocol ^99.0.0, this program has 1.1"));
  }

  @Test
  void rejectsAJarOfTheFirstInterface() {
    good("old").withoutApi().build(folder);
    String why = rejection();
    assertTrue(why.contains("its manifest has no Plugin-Api"), why);
    assertTrue(why.contains("build it against this version's nepenthe-core"), why);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, build it against",
    "3.0, use a newer Nepenthe",
    "2.1, use a newer Nepenthe",
    "two, 'must be Major.Minor, such as 2.0'",
    "'', 'must be Major.Minor, such as 2.0'",
    "2.0.0, 'must be Major.Minor, such as 2.0'",
    "99999999999, 'must be Major.Minor, such as 2.0'"
  })
  void rejectsAnInterfaceThatIsNotThisOne(String api, String whatToDo) {
    good("other").api(api).build(folder);
    String why = rejection();
    assertTrue(why.contains(whatToDo), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2"})
  void takesItsOwnInterface(String api) {
    good("own").api(api).build(folder);
    assertEquals(List.of(), scan().rejections());
  }

  @Test
  void rejectsAJarThatStatesNoProtocol() {
    good("timeless").withoutRequires().build(folder);
    assertTrue(rejection().contains("its manifest has no Plugin-Requires"), rejection());
  }

  @Test
  void thisBuildStatesThisInterface() throws IOException {
    String pom = Files.readString(Path.of("../../pom.xml"));
    String stated = "<nepenthe.plugin.api>" + PluginApi.CURRENT + "</nepenthe.plugin.api>";
    assertTrue(pom.contains(stated), stated);
  }

  @Test
  void rejectsARangeThatIsNone() {
    good("ranged").requires("soon").build(folder);
    assertTrue(rejection().contains("'soon'"));
  }

  @Test
  void rejectsAMissingDescriptor() {
    BrokenPlugin.NO_DESCRIPTOR.jar(folder);
    assertTrue(rejection().contains("it has no META-INF/nepenthe/method.json"));
  }

  @Test
  void rejectsAGarbledDescriptor() {
    BrokenPlugin.GARBLED_DESCRIPTOR.jar(folder);
    assertTrue(rejection().contains("garbled-descriptor-0.1.0.jar is rejected: "));
  }

  @Test
  void rejectsAJarWithoutManifest() throws IOException {
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("plain.jar")))) {
      out.putNextEntry(new ZipEntry("nothing.txt"));
      out.closeEntry();
    }
    assertTrue(rejection().contains("manifest"), rejection());
  }

  @Test
  void rejectsWhatIsNoJar() throws IOException {
    Files.writeString(folder.resolve("text.jar"), "not a zip");
    rejection();
  }

  @Test
  void rejectsAnEmptyFile() throws IOException {
    Files.createFile(folder.resolve("empty.jar"));
    rejection();
  }

  @Test
  void rejectsAnIdThatIsNotKebabCase() {
    good("Odd_Name").build(folder);
    assertTrue(rejection().contains("'Odd_Name' is not kebab-case"));
  }

  @Test
  void rejectsTheSecondJarOfAnId() {
    good("twice").version("1.0.0").build(folder);
    good("twice").version("2.0.0").build(folder);
    PluginCatalog catalog = scan();
    assertEquals("1.0.0", catalog.require("twice").version());
    assertEquals(1, catalog.rejections().size());
    assertTrue(catalog.rejections().get(0).contains("the id 'twice' is taken by"));
  }

  @Test
  void anUnknownMethodNamesTheKnownOnes() {
    good("known").build(folder);
    NepentheException e = assertThrows(NepentheException.class, () -> scan().require("unknown"));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().contains("'unknown'. Known methods: known."), e.getMessage());
  }

  @Test
  void aRejectedMethodSaysWhy() {
    BrokenPlugin.NEEDS_ANOTHER_PROTOCOL.jar(folder);
    NepentheException e =
        assertThrows(NepentheException.class, () -> scan().require("needs-another-protocol"));
    assertEquals(ErrorCode.PLUGIN_REJECTED, e.code());
  }

  @Test
  void aMissingFolderIsTheUsersMistake() {
    NepentheException e =
        assertThrows(
            NepentheException.class, () -> PluginCatalog.scan(List.of(folder.resolve("none"))));
    assertEquals(ErrorCode.IO, e.code());
  }
}
