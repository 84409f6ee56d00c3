package io.nepenthe.fuzz;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.submission.PackedFile;
import io.nepenthe.submission.SubmissionArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of runs. */
class ArchiveFuzzTest extends ParserProperties {
  private static final String HASH = "0".repeat(64);
  private static final String SUBMISSION =
      """
      {"schema": "nepenthe-submission/1", "name": "n", "author": "a", "licence": "MIT",
       "contact": "a@example.org", "paper": null, "url": null,
       "lock": {"framework": "0", "commit": "0", "protocol": "1.1", "djl": "0", "libtorch": "0",
                "jdk": "17", "platform": "none"},
       "files": [
         {"path": "run/run.json", "size": 2, "sha256": "%s"}]}
      """
          .formatted(HASH);

  @Override
  List<byte[]> whole() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "submission.json", SUBMISSION);
      add(zip, "run/run.json", "{}");
      add(zip, "run/trials/a.json", "{\"a\": 1}");
    }
    return List.of(bytes.toByteArray());
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Override
  List<String> words() {
    return List.of("../", "run/run.json", "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    try (SubmissionArchive archive =
        SubmissionArchive.open(Files.write(place.resolve("a.nepenthe"), file))) {
      for (PackedFile packed : archive.contents()) {
        if (!archive
            .run()
            .getParent()
            .resolve(packed.path())
            .normalize()
            .startsWith(archive.run().getParent())) {
          throw new AssertionError(packed.path() + " is outside");
        }
      }
    }
  }
}
