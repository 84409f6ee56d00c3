package io.nepenthe.corpus;

import io.nepenthe.protocol.NepentheException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Parquet file, read by DuckDB: row after row in the file's order, by one thread, in constant
 * memory. Its guesses of columns from names of folders are off.
 */
final class ParquetFile implements Closeable {
  private static final String TEXT = "text";
  private static final String OF_TEXT = "VARCHAR";
  private static final Pattern OF_IDS = Pattern.compile("U?(TINY|SMALL|BIG)?INT(EGER)?\\[\\d*]");
  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED = "PARE";
  private static final Pattern CODEC = Pattern.compile("Unsupported compression codec \"(\\w+)\"");
  private static final String TABLE =
      " FROM read_parquet(?, binary_as_string = true, hive_partitioning = false)";

  private final Path file;
  private final String column;
  private final String advice;
  private final Connection connection;
  private final boolean holdsIds;

  /** Receives the text of one row. */
  @FunctionalInterface
  interface TextSink {
    /** Takes the next row's text. */
    void accept(String text) throws IOException;
  }

  /** Receives the ids of one row. */
  @FunctionalInterface
  interface IdSink {
    /** Takes the next row's ids. */
    void accept(int[] ids) throws IOException;
  }

  /** Reads the column {@code text}. */
  ParquetFile(Path file) {
    this(file, TEXT, "Rename the column that holds the text.");
    if (holdsIds) {
      close();
      throw withoutColumn(TEXT + " (a list)");
    }
  }

  /** Reads a column of strings, or of lists of whole numbers. */
  ParquetFile(Path file, String column) {
    this(file, column, "Name the column that holds the text, or lists of ids, by --field.");
  }

  private ParquetFile(Path file, String column, String advice) {
    this.file = file;
    this.column = column;
    this.advice = advice;
    requireWhole();
    try {
      connection = DuckDb.open();
    } catch (SQLException e) {
      throw damaged(e);
    }
    try {
      holdsIds = !OF_TEXT.equals(typeOfColumn());
    } catch (NepentheException e) {
      close();
      throw e;
    }
  }

  /** Returns true if rows are lists of ids, false if they are texts. */
  boolean holdsIds() {
    return holdsIds;
  }

  /** Refuses what DuckDB would call by another name, or read without a word. */
  private void requireWhole() {
    try (FileChannel channel = FileChannel.open(file)) {
      if (ENCRYPTED.equals(word(channel, 0))) {
        throw encrypted();
      }
      if (!MAGIC.equals(word(channel, 0))) {
        throw BadData.of(file + " is no Parquet file. Download it again, or remove it.");
      }
      if (channel.size() < 12 || !MAGIC.equals(word(channel, channel.size() - 4))) {
        throw BadData.of(
            file + " is cut off: its end is not that of a Parquet file. Download it again.");
      }
      Optional<ParquetPages> pages = ParquetPages.of(channel);
      if (pages.isPresent() && pages.get().areEncrypted()) {
        throw encrypted();
      }
      if (pages.isPresent() && !pages.get().areWhole(column)) {
        throw BadData.of(
            file + " is damaged (the checksum of a page is wrong). Download it again.");
      }
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    }
  }

  private static String word(FileChannel channel, long position) throws IOException {
    ByteBuffer word = ByteBuffer.allocate(4);
    channel.read(word, position);
    return new String(word.array(), StandardCharsets.ISO_8859_1);
  }

  private String typeOfColumn() {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement describe = prepared("DESCRIBE SELECT *" + TABLE);
        ResultSet found = describe.executeQuery()) {
      while (found.next()) {
        String name = found.getString(1);
        String type = found.getString(2);
        if (name.equals(column) && (type.equals(OF_TEXT) || OF_IDS.matcher(type).matches())) {
          return type;
        }
        columns.add(name + " (" + type + ")");
      }
    } catch (SQLException e) {
      throw damaged(e);
    }
    throw withoutColumn(String.join(", ", columns));
  }

  private NepentheException withoutColumn(String columns) {
    return BadData.of(
        String.format(
            "%s has no column '%s' of strings, only %s. %s", file, column, columns, advice));
  }

  /** Returns the number of rows. */
  long rows() {
    try (PreparedStatement count = prepared("SELECT num_rows FROM parquet_file_metadata(?)");
        ResultSet counted = count.executeQuery()) {
      counted.next();
      return counted.getLong(1);
    } catch (SQLException e) {
      throw damaged(e);
    }
  }

  /** Hands out the text of every row; that of a row without one is empty. */
  void forEach(TextSink sink) throws IOException {
    forEachRow(
        rows -> {
          String text = rows.getString(1);
          sink.accept(text == null ? "" : text);
        });
  }

  /** Hands out the ids of every row; a row without any has none. */
  void forEachIds(IdSink sink) throws IOException {
    forEachRow(
        rows -> {
          Array list = rows.getArray(1);
          sink.accept(list == null ? new int[0] : ids((Object[]) list.getArray()));
        });
  }

  private int[] ids(Object[] list) {
    int[] ids = new int[list.length];
    for (int i = 0; i < ids.length; i++) {
      long id = list[i] instanceof Number number ? number.longValue() : -1;
      if (id < 0 || id > Integer.MAX_VALUE) {
        throw BadData.of(
            String.format(
                "column '%s' of %s holds %s, which is no token id. Write whole numbers from 0 on.",
                column, file, list[i]));
      }
      ids[i] = (int) id;
    }
    return ids;
  }

  /** Takes what a row holds. */
  @FunctionalInterface
  private interface RowSink {
    void accept(ResultSet row) throws SQLException, IOException;
  }

  private void forEachRow(RowSink sink) throws IOException {
    String quoted = "\"" + column.replace("\"", "\"\"") + "\"";
    try (PreparedStatement select = prepared("SELECT " + quoted + TABLE);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        sink.accept(rows);
      }
    } catch (SQLException e) {
      throw damaged(e);
    }
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, file.toString().replaceAll("[*?\\[]", "[$0]")); // no pattern of names
    return statement;
  }

  private NepentheException damaged(SQLException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (why.contains("not valid UTF8")) {
      return BadData.of(file + " holds text that is no UTF-8 (" + why + "). Write it as UTF-8.", e);
    }
    Matcher codec = CODEC.matcher(why);
    return codec.find()
        ? BadData.of(
            file + " is compressed by " + codec.group(1) + ", which cannot be read: use zstd.", e)
        : BadData.of(file + " is damaged (" + why + "). Download it again.", e);
  }

  private NepentheException encrypted() {
    return BadData.of(file + " is encrypted, which cannot be read. Write it without encryption.");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw damaged(e);
    }
  }
}
