package io.nepenthe.report.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What the columns of the CSV files hold, with their units: a file beside them. */
public final class CsvColumns {
  /** Name of the file. */
  public static final String FILE = "columns.md";

  private CsvColumns() {}

  /** Returns what the file says, the same for every run. */
  public static String text() {
    try (InputStream in = CsvColumns.class.getResourceAsStream(FILE)) {
      Objects.requireNonNull(in, FILE + " is not beside CsvColumns");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
