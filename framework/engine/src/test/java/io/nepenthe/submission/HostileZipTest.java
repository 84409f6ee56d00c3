package io.nepenthe.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileZipTest {
  private static final ZipLimits SMALL = new ZipLimits(100_000, 3, 5_000, 8_000, 20, 1_000);
  private static final byte[] TEXT = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path temporary;
  private Path zip;
  private Path target;

  private interface Entries {
    void writeTo(ZipArchiveOutputStream out) throws IOException;
  }

  @BeforeEach
  void name() throws IOException {
    zip = temporary.resolve("a.zip");
    target = Files.createDirectory(temporary.resolve("target"));
  }

  private void write(Entries entries) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      entries.writeTo(out);
    }
  }

  private static void put(ZipArchiveOutputStream out, String name, byte[] bytes)
      throws IOException {
    put(out, new ZipArchiveEntry(name), bytes);
  }

  private static void put(ZipArchiveOutputStream out, ZipArchiveEntry entry, byte[] bytes)
      throws IOException {
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  private void assertRefused(String words) throws IOException {
    ZipException refused =
        assertThrows(ZipException.class, () -> new HostileZip(SMALL).unpack(zip, target));
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
    try (Stream<Path> there = Files.list(temporary)) {
      assertEquals(List.of(zip, target), there.sorted().toList(), "something lies outside");
    }
  }

  @Test
  void plainFilesAndTheirFoldersAreUnpacked() throws IOException {
    write(
        out -> {
          out.putArchiveEntry(new ZipArchiveEntry("run/"));
          out.closeArchiveEntry();
          put(out, "run/run.json", TEXT);
        });
    assertEquals(
        List.of("run/run.json"),
        new HostileZip(SMALL).unpack(zip, target).stream().map(PackedFile::path).toList());
    assertEquals("{}", Files.readString(target.resolve("run/run.json")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../run/run.json",
        "run/../../run.json",
        "/run/run.json",
        "run/trials/../run.json",
        "C:/run/run.json",
        "run/trials/..json",
        "run/trials/a\u0000.json",
        "run/trials/sub/a.json",
        "run/report/index.html",
        "run/plugins/evil.jar",
        "evil.sh",
        "run/trials/.json",
        "evil/"
      })
  void whatBelongsElsewhereIsRefused(String path) throws IOException {
    write(out -> put(out, path, path.endsWith("/") ? new byte[0] : TEXT));
    assertRefused("is no file of an archive");
  }

  @Test
  void aNameThatOtherProgramsReadOtherwiseIsRefused() throws IOException {
    write(out -> put(out, "run/run.json", TEXT));
    String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
    Files.writeString(
        zip, bytes.replace("run/run.json", "run\\run.json"), StandardCharsets.ISO_8859_1);
    assertRefused("");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNameThatTheTableOfContentsAloneHasIsRefused(boolean inTheTable) throws IOException {
    write(out -> put(out, "run/trials/a.json", TEXT));
    String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
    int at = inTheTable ? bytes.lastIndexOf("a.json") : bytes.indexOf("a.json");
    Files.writeString(
        zip, bytes.substring(0, at) + "c" + bytes.substring(at + 1), StandardCharsets.ISO_8859_1);
    assertRefused("not those of its table of contents");
  }

  @Test
  void linksAreRefused() throws IOException {
    ZipArchiveEntry link = new ZipArchiveEntry("run/run.json");
    link.setUnixMode(0120777);
    write(out -> put(out, link, "/etc/passwd".getBytes(StandardCharsets.UTF_8)));
    assertRefused("is a link");
  }

  @Test
  void devicesAreRefused() throws IOException {
    ZipArchiveEntry device = new ZipArchiveEntry("run/run.json");
    device.setUnixMode(0060644);
    write(out -> put(out, device, TEXT));
    assertRefused("special file");
  }

  @Test
  void aFileTwiceIsRefusedWhateverItsCapitals() throws IOException {
    write(
        out -> {
          put(out, "run/trials/a.json", TEXT);
          put(out, "run/trials/a.json", TEXT);
        });
    assertRefused("twice");
    write(
        out -> {
          put(out, "run/trials/a.json", TEXT);
          put(out, "run/trials/A.json", TEXT);
        });
    assertRefused("twice");
  }

  @Test
  void tooManyFilesAreRefused() throws IOException {
    write(
        out -> {
          for (int i = 0; i < 4; i++) {
            put(out, "run/trials/" + i + ".json", TEXT);
          }
        });
    assertRefused("more than 3 files");
  }

  @Test
  void whatUnpacksToTooMuchIsRefused() throws IOException {
    write(out -> put(out, "run/run.json", noise(6_000)));
    assertRefused("unpacked");
    deleteUnpacked();
    write(
        out -> {
          put(out, "run/run.json", noise(4_500));
          put(out, "run/plan.json", noise(4_500));
        });
    assertRefused("its files have more");
  }

  @Test
  void bombsAreRefused() throws IOException {
    write(out -> put(out, "run/run.json", new byte[4_900]));
    assertRefused("times as large as packed");
  }

  @Test
  void largeArchivesAreRefusedUnread() throws IOException {
    Files.write(zip, new byte[100_001]);
    assertRefused("it has more than");
  }

  @Test
  void aDirectoryThatLiesIsRefused() throws IOException {
    write(out -> put(out, "run/run.json", noise(500)));
    byte[] bytes = Files.readAllBytes(zip);
    int directory = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[directory + 24] = 7; // the size unpacked
    bytes[directory + 25] = 0;
    Files.write(zip, bytes);
    assertRefused("");
  }

  @Test
  void cutArchivesAreRefused() throws IOException {
    write(out -> put(out, "run/run.json", noise(100)));
    byte[] whole = Files.readAllBytes(zip);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(zip, Arrays.copyOf(whole, length));
      assertRefused("");
      deleteUnpacked();
    }
  }

  @Test
  void flippedBitsNeverGiveOtherContent() throws IOException {
    byte[] content = noise(100);
    write(out -> put(out, "run/run.json", content));
    byte[] whole = Files.readAllBytes(zip);
    for (int i = 0; i < whole.length; i += 3) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 4;
      Files.write(zip, flipped);
      try {
        for (PackedFile file : new HostileZip(SMALL).unpack(zip, target)) {
          assertArrayEquals(content, Files.readAllBytes(target.resolve(file.path())), "byte " + i);
        }
      } catch (IOException refused) {
        // as it should be
      }
      deleteUnpacked();
    }
  }

  private void deleteUnpacked() throws IOException {
    Folders.delete(target);
    Files.createDirectory(target);
  }

  private static int indexOf(byte[] bytes, byte[] sign) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + sign.length, sign, 0, sign.length)) {
        return i;
      }
    }
  }

  /** Bytes that cannot be packed, always the same. */
  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    long state = 1;
    for (int i = 0; i < length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      noise[i] = (byte) (state >>> 56);
    }
    return noise;
  }
}
