package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.submission.SubmissionArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who submits what: {@code submission.json}, in an archive that is whole. */
class SubmissionFuzzTest extends ParserProperties {
  @Override
  List<byte[]> whole() {
    return List.of(MadeArchive.SUBMISSION.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("null", "\"name\":", "\"files\":", "\"size\": 1.5", "\"MIT OR X\"", "\"a@b.c\"");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.STORE_CORRUPT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    byte[] zip = MadeArchive.of(Map.of("submission.json", file));
    try (SubmissionArchive archive =
        SubmissionArchive.open(Files.write(place.resolve("a.nepenthe"), zip))) {
      assertEquals(1, archive.contents().size());
      Said.inJson(file, archive.submission());
    }
  }
}
