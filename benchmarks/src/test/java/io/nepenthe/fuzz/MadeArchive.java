package io.nepenthe.fuzz;

import io.nepenthe.protocol.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small archive, whose manifest lists what is in it. */
final class MadeArchive {
  static final String RUN = "{}";
  static final String TRIAL = "{\"a\": 1}";

  static final String SUBMISSION =
      """
      {"schema": "nepenthe-submission/1", "name": "n", "author": "a", "licence": "MIT",
       "contact": "a@example.org", "paper": null, "url": null,
       "lock": {"framework": "0", "commit": "0", "protocol": "1.1", "djl": "0", "libtorch": "0",
                "jdk": "17", "platform": "none"},
       "files": [
         {"path": "run/run.json", "size": %d, "sha256": "%s"},
         {"path": "run/trials/a.json", "size": %d, "sha256": "%s"}]}
      """
          .formatted(RUN.length(), hash(RUN), TRIAL.length(), hash(TRIAL));

  private MadeArchive() {}

  private static String hash(String text) {
    return ContentHash.of(text);
  }

  /** Returns a zip of files by name. */
  static byte[] of(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
