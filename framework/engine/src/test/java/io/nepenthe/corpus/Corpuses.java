package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Corpora in a folder of a test. */
record Corpuses(Path data, Path tokens, List<String> lines) {
  static Corpuses in(Path folder) {
    return new Corpuses(folder.resolve("data"), folder.resolve("tokens"), new ArrayList<>());
  }

  /** Returns them as another process would see them. */
  Corpora open() {
    return new Corpora(List.of(data), tokens, lines::add);
  }

  Path write(String file, String text) throws IOException {
    Path path = data.resolve(file).normalize();
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  Path writeParquet(String file, List<String> rows) throws IOException, SQLException {
    return writeParquet(file, "text", rows);
  }

  Path writeParquet(String file, String column, List<String> rows)
      throws IOException, SQLException {
    Path path = data.resolve(file).normalize();
    Files.createDirectories(path.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE rows (" + column + " VARCHAR)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO rows VALUES (?)")) {
        for (String row : rows) {
          insert.setString(1, row);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
      statement.execute("COPY rows TO '" + path + "' (FORMAT parquet)");
    }
    return path;
  }

  static int[] ids(TokenIds tokens) {
    int[] ids = new int[tokens.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.id(i);
    }
    return ids;
  }

  /** Checks that something is refused by one line that holds some words. */
  static void isRefused(Executable action, String... words) {
    NepentheException e = assertThrows(NepentheException.class, action);
    assertEquals(ErrorCode.BAD_DATA, e.code());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertFalse(e.getMessage().contains("null"), e.getMessage());
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage() + " lacks " + word);
    }
  }
}
