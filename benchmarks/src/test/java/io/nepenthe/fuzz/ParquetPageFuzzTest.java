package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A Parquet file whose page has its checksum: what is read is what was written. */
class ParquetPageFuzzTest extends ParserProperties {
  private static final Path FILE = Path.of("src/test/resources/fuzz/page-checksum.parquet");

  @Override
  List<byte[]> whole() throws IOException {
    return List.of(Files.readAllBytes(FILE));
  }

  @Override
  List<String> words() {
    return List.of("PAR1", "text", "checksum");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_DATA);
  }

  /** Returns one: two can take away both the checksum and what it is of. */
  @Override
  int mostEdits() {
    return 1;
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    assertEquals(
        "A row of text whose page has its checksum.",
        TextCorpusFuzzTest.CorpusReading.of("train.parquet", file, place));
  }
}
