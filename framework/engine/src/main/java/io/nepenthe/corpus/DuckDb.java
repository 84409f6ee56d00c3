package io.nepenthe.corpus;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

/**
 * DuckDB without network, extensions or threads of its own. It unpacks its library into the folder
 * for temporary files, and deletes it when the process ends, unless that is killed.
 */
final class DuckDb {
  private static final String UNPACKED = "libduckdb_java*.so*";
  private static final Duration SURELY_LOADED = Duration.ofHours(1);

  private DuckDb() {}

  /** Opens an empty database in memory. */
  static Connection open() throws SQLException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    deleteLeft(temporary);
    try {
      return DriverManager.getConnection("jdbc:duckdb:", settings(temporary));
    } catch (LinkageError e) {
      throw new NepentheException(
          ErrorCode.IO,
          "the library that reads Parquet cannot be unpacked into "
              + temporary
              + " or loaded from there. It needs 100 MB in a place that lets programs run;"
              + " NEPENTHE_HOME moves it.",
          e);
    }
  }

  private static Properties settings(Path temporary) {
    Properties settings = new Properties();
    settings.put("jdbc_stream_results", "true");
    settings.put("threads", "1");
    settings.put("autoinstall_known_extensions", "false");
    settings.put("autoload_known_extensions", "false");
    settings.put("extension_directory", temporary.resolve("duckdb").toString());
    settings.put("temp_directory", temporary.resolve("duckdb").toString());
    return settings;
  }

  /**
   * Deletes what killed processes left; one that runs has loaded it, and needs the name no more.
   */
  static void deleteLeft(Path temporary) {
    try (DirectoryStream<Path> libraries = Files.newDirectoryStream(temporary, UNPACKED)) {
      Instant old = Instant.now().minus(SURELY_LOADED);
      for (Path library : libraries) {
        if (Files.getLastModifiedTime(library).toInstant().isBefore(old)) {
          Files.deleteIfExists(library);
        }
      }
    } catch (IOException e) {
      return; // of another user, or no folder: whoever unpacks it says so
    }
  }
}
