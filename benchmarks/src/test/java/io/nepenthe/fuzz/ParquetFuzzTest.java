package io.nepenthe.fuzz;

import io.nepenthe.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** Corpora of Parquet. */
class ParquetFuzzTest extends ParserProperties {
  @Override
  List<byte[]> whole() throws IOException {
    Path folder = Files.createTempDirectory("nepenthe-fuzz-parquet");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT 'row ' || i AS text, i AS id FROM range(20) t(i)) TO '"
              + folder.resolve("train.parquet")
              + "' (FORMAT parquet)");
      return List.of(Files.readAllBytes(folder.resolve("train.parquet")));
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      io.nepenthe.files.Folders.delete(folder);
    }
  }

  @Override
  List<String> words() {
    return List.of("PAR1", "PARE", "text", "duckdb_schema");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_DATA);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    TextCorpusFuzzTest.CorpusReading.of("train.parquet", file, place);
  }
}
