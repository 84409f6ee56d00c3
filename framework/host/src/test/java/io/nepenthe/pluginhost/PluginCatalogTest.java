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
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginCatalogTest {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String METHOD = "META-INF/nepenthe/method.json";
  private static final String WRITTEN =
      """
      Manifest-Version: 1.0
      Plugin-Id: made
      Plugin-Version: 1.0.0
      Plugin-Api: 2.0
      Plugin-Requires: *
      """;
  private static final ReservedIds NONE = ReservedIds.of(Path.of("there-is-no-such-folder"));

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
    "2.3, use a newer Nepenthe",
    "two, 'must be Major.Minor, such as 2.2'",
    "'', 'must be Major.Minor, such as 2.2'",
    "2.0.0, 'must be Major.Minor, such as 2.2'",
    "99999999999, 'must be Major.Minor, such as 2.2'"
  })
  void rejectsAnInterfaceThatIsNotThisOne(String api, String whatToDo) {
    good("other").api(api).build(folder);
    String why = rejection();
    assertTrue(why.contains(whatToDo), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.2", "2.1", "2.0", "2"})
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
  void rejectsAnIdThatIsTooLong() {
    good("a".repeat(65)).build(folder);
    assertTrue(rejection().contains("its Plugin-Id has 65 characters, may have 64"));
  }

  @Test
  void rejectsAVersionThatIsNone() {
    good("versioned").version("<b>1.0").build(folder);
    assertTrue(rejection().contains("its Plugin-Version '<b>1.0' is none"), rejection());
  }

  @Test
  void rejectsAJarWithoutExtension() {
    BrokenPlugin.NO_EXTENSION.jar(folder);
    assertTrue(rejection().contains("META-INF/extensions.idx lists no class"));
  }

  @Test
  void rejectsAnExtensionThatIsNotInTheJar() throws IOException {
    made(Map.of("META-INF/extensions.idx", text("io.example.Missing # the method")));
    assertTrue(rejection().contains("lists io.example.Missing, and there is no such class"));
  }

  @Test
  void rejectsPluginsThatNeedOthers() throws IOException {
    made(Map.of(MANIFEST, text(WRITTEN + "Plugin-Dependencies: zero\n")));
    assertTrue(rejection().contains("'zero', and a plugin stands alone"), rejection());
  }

  @ParameterizedTest
  @ValueSource(strings = {MANIFEST, METHOD, "META-INF/extensions.idx"})
  void readsNoMoreOfATextThanOneCanHave(String name) throws IOException {
    made(Map.of(name, new byte[300 << 10])); // packed, that is nothing
    assertTrue(rejection().contains("its " + name + " is longer than 262144 bytes"), rejection());
  }

  @Test
  void rejectsAJarThatIsTooLarge() throws IOException {
    try (var file = new RandomAccessFile(folder.resolve("large.jar").toFile(), "rw")) {
      file.setLength((64L << 20) + 1); // a hole, that takes no room
    }
    assertTrue(rejection().contains("it is larger than 64 MB"));
  }

  @Test
  void rejectsAnEntryThatIsThereTwice() throws IOException {
    made(Map.of("a/X.class", new byte[1], "a/Y.class", new byte[1]));
    Path jar = folder.resolve("made.jar");
    String bytes = Files.readString(jar, StandardCharsets.ISO_8859_1);
    Files.writeString(jar, bytes.replace("a/Y.class", "a/X.class"), StandardCharsets.ISO_8859_1);
    assertTrue(rejection().contains("it has the entry a/X.class twice"), rejection());
  }

  @Test
  void rejectsAJarOfTooManyEntries() throws IOException {
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("many.jar")))) {
      for (int i = 0; i <= 10_000; i++) {
        out.putNextEntry(new ZipEntry(Integer.toString(i)));
      }
    }
    assertTrue(rejection().contains("it has more than 10000 entries"), rejection());
  }

  /** No class is loaded to know that. */
  @Test
  void rejectsAJarForALaterJava() throws IOException {
    byte[] head = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) (44 + 99)};
    made(Map.of("META-INF/extensions.idx", text("Later"), "Later.class", head));
    assertTrue(
        rejection()
            .contains(
                "it is built for Java 99, and this is Java %d; compile it with --release 17"
                    .formatted(Runtime.version().feature())),
        rejection());
  }

  @Test
  void rejectsAnEntryWhoseBytesAreNotThoseThatWerePacked() throws IOException {
    made(Map.of("a/X.class", "a class".getBytes(StandardCharsets.ISO_8859_1)), ZipEntry.STORED);
    Path jar = folder.resolve("made.jar");
    String bytes = Files.readString(jar, StandardCharsets.ISO_8859_1);
    Files.writeString(jar, bytes.replace("a class", "a clash"), StandardCharsets.ISO_8859_1);
    assertTrue(rejection().contains("its entry a/X.class is damaged: copy or build"), rejection());
  }

  @Test
  void rejectsAnEntryThatTheTableOfContentsCallsOtherwise() throws IOException {
    made(Map.of("a/X.class", "a class".getBytes(StandardCharsets.ISO_8859_1)), ZipEntry.STORED);
    Path jar = folder.resolve("made.jar");
    String bytes = Files.readString(jar, StandardCharsets.ISO_8859_1);
    int listed = bytes.lastIndexOf("a/X.class");
    String changed = bytes.substring(0, listed) + "a/Y.class" + bytes.substring(listed + 9);
    Files.writeString(jar, changed, StandardCharsets.ISO_8859_1);
    assertTrue(rejection().contains("not those of its table of contents"), rejection());
  }

  @Test
  void rejectsAJarThatUnpacksToTooMuch() throws IOException {
    made(Map.of("a/Large.bin", new byte[(128 << 20) + 1])); // packed, that is little
    assertTrue(rejection().contains("its entries are larger than 128 MB unpacked"), rejection());
  }

  @Test
  void rejectsLinksToNothing() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.jar"), folder.resolve("nothing"));
    assertTrue(rejection().contains("it is not there, or is a broken link"));
  }

  @Test
  void rejectsWhatIsNoFile() throws IOException {
    Files.createSymbolicLink(folder.resolve("null.jar"), Path.of("/dev/null"));
    assertTrue(rejection().contains("it is no file"));
  }

  @Test
  void aStrangerTakesNoReservedIdAndSaysNothingThatMakesAReference() throws IOException {
    Path own = folder.resolve("plugins");
    good("zero").build(own.resolve("zero").resolve("target"));
    Files.createDirectories(own.resolve("unbuilt"));
    Files.createFile(own.resolve("zero").resolve("pom.xml"));
    Files.createFile(own.resolve("unbuilt").resolve("pom.xml"));
    Path foreign = folder.resolve("foreign");
    good("zero").version("9.0.0").build(foreign);
    good("unbuilt").build(foreign);
    good("fine").build(foreign);
    claims("controls-itself", "\"family\": \"unlearning\"", "\"family\": \"control\"", foreign);
    claims("named", "\"summary\"", "\"paperName\": \"Zero\", \"summary\"", foreign);
    claims("slow", "\"summary\"", "\"setsTimeLimit\": true, \"summary\"", foreign);
    PluginCatalog catalog =
        PluginCatalog.scan(List.of(own)).withForeign(foreign, ReservedIds.of(own));
    assertEquals(List.of("fine", "zero"), catalog.all().stream().map(p -> p.id()).toList());
    assertEquals("0.1.0", catalog.require("zero").version());
    assertEquals(5, catalog.rejections().size(), catalog.rejections().toString());
    for (String line : catalog.rejections()) {
      assertTrue(line.startsWith("plugin " + foreign), line);
    }
  }

  /** As where only the program is installed. */
  @Test
  void noStrangerTakesTheIdOfAMethodThatIsNotBuiltHere() {
    good("act").build(folder);
    PluginCatalog catalog = PluginCatalog.scan(List.of()).withForeign(folder, NONE);
    assertTrue(catalog.all().isEmpty());
    assertTrue(rejected(catalog).contains("'act' belongs to a method that ships with Nepenthe"));
  }

  private static String rejected(PluginCatalog catalog) {
    assertEquals(1, catalog.rejections().size());
    return catalog.rejections().get(0);
  }

  @Test
  void theSameJarOnceMoreIsNoMistake() throws IOException {
    Path own = folder.resolve("plugins");
    Path jar = good("zero").build(own);
    Files.copy(jar, folder.resolve("copy.jar"));
    PluginCatalog catalog =
        PluginCatalog.scan(List.of(own)).withForeign(folder.resolve("copy.jar"), NONE);
    assertEquals(List.of(), catalog.rejections());
    assertEquals(jar, catalog.require("zero").jar());
  }

  @Test
  void aJarCanBeNamedInPlaceOfAFolder() {
    Path jar = good("alone").build(folder);
    PluginCatalog catalog = PluginCatalog.scan(List.of()).withForeign(jar, NONE);
    assertEquals(jar, catalog.require("alone").jar());
  }

  private static void claims(String id, String part, String claim, Path folder) {
    good(id).descriptor(BrokenPlugin.EDITS_NOTHING.descriptor().replace(part, claim)).build(folder);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a jar in which these entries are in the place of good ones, or beside them. */
  private void made(Map<String, byte[]> entries) throws IOException {
    made(entries, ZipEntry.DEFLATED);
  }

  private void made(Map<String, byte[]> entries, int method) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(MANIFEST, text(WRITTEN));
    all.put(METHOD, text(BrokenPlugin.EDITS_NOTHING.descriptor()));
    all.put("META-INF/extensions.idx", text("a.Method"));
    all.put("a/Method.class", new byte[1]);
    all.putAll(entries);
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("made.jar")))) {
      out.setLevel(Deflater.BEST_SPEED);
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        out.putNextEntry(packed(entry.getKey(), entry.getValue(), method));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }

  private static ZipEntry packed(String name, byte[] content, int method) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    return entry;
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
