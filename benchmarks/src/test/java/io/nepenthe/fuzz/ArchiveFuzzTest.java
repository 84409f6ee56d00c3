package io.nepenthe.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.submission.PackedFile;
import io.nepenthe.submission.SubmissionArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives of runs: what is unpacked is what was packed, and lies in the folder for it. */
class ArchiveFuzzTest extends ParserProperties {
  private static final Map<String, byte[]> FILES = files();

  private static final List<String> ODD_NAMES =
      List.of("run/../../x", "../x", "/etc/x", "run/run.json", "run//run.json", "run/a\\b", "x");

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("submission.json", MadeArchive.SUBMISSION.getBytes(UTF_8));
    files.put("run/run.json", MadeArchive.RUN.getBytes(UTF_8));
    files.put("run/trials/a.json", MadeArchive.TRIAL.getBytes(UTF_8));
    return files;
  }

  @Override
  List<byte[]> whole() throws IOException {
    return List.of(MadeArchive.of(FILES));
  }

  @Override
  List<String> words() {
    return List.of(
        "../",
        "run/run.json",
        "run/trials/a.json",
        "PK\u0001\u0002",
        "PK\u0003\u0004",
        "PK\u0005\u0006",
        "PK\u0006\u0006",
        "PK\u0007\b");
  }

  /** A whole zip with an entry that has no place in it, or whose content is not what was packed. */
  @Override
  byte[] made(int n, Random random) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String odd = ODD_NAMES.get(n % ODD_NAMES.size());
    boolean isContent = n % 3 == 0;
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseLanguageEncodingFlag(false); // else nobody reads that field
      for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
        put(zip, new ZipArchiveEntry(file.getKey()), file.getValue());
      }
      if (!isContent) {
        ZipArchiveEntry entry = new ZipArchiveEntry(odd);
        if (n % 3 == 1) { // for readers of that field it has another name
          byte[] name = odd.getBytes(UTF_8);
          entry.addExtraField(new UnicodePathExtraField("run/trials/b.json", name));
        }
        put(zip, entry, FILES.get("run/run.json"));
      }
    }
    byte[] made = bytes.toByteArray();
    if (isContent) {
      int at = new String(made, ISO_8859_1).indexOf(MadeArchive.TRIAL);
      made[at + random.nextInt(MadeArchive.TRIAL.length())] ^= 1;
    }
    return made;
  }

  /** Packs nothing, so that content lies there as it is. */
  private static void put(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] content)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putArchiveEntry(entry);
    zip.write(content);
    zip.closeArchiveEntry();
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    try (SubmissionArchive archive =
        SubmissionArchive.open(Files.write(place.resolve("a.nepenthe"), file))) {
      Path folder = archive.run().getParent();
      try (Stream<Path> unpacked = Files.walk(folder)) {
        assertEquals(
            archive.contents().stream().map(PackedFile::path).collect(Collectors.toSet()),
            unpacked
                .filter(Files::isRegularFile)
                .map(each -> folder.relativize(each).toString().replace('\\', '/'))
                .collect(Collectors.toSet()));
      }
      for (PackedFile each : archive.contents()) {
        assertTrue(FILES.containsKey(each.path()), each + " is none of the files");
        assertEquals(
            new String(FILES.get(each.path()), UTF_8),
            Files.readString(folder.resolve(each.path())),
            each.path());
      }
      JsonNode said = Json.mapper().readTree(MadeArchive.SUBMISSION);
      Said.require(said, Json.mapper().valueToTree(archive.submission()), "");
    }
  }
}
