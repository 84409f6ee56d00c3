package io.nepenthe.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * What DuckDB does not tell of a Parquet file: whether its data is encrypted behind a plain footer,
 * and whether the pages of a column have the checksums that are written with them.
 */
final class ParquetPages {
  private static final int TRAILER = 8; // length of the footer, magic

  // Fields of FileMetaData, RowGroup, ColumnChunk, ColumnMetaData and PageHeader.
  private static final int ROW_GROUPS = 4;
  private static final int ENCRYPTION = 8;
  private static final int COLUMNS = 1;
  private static final int META_DATA = 3;
  private static final int PATH = 3;
  private static final int COMPRESSED_SIZE = 7;
  private static final int FIRST_DATA_PAGE = 9;
  private static final int DICTIONARY_PAGE = 11;
  private static final int PAGE_SIZE = 3;
  private static final int CHECKSUM = 4;

  private final FileChannel file;
  private final ThriftStruct footer;

  private ParquetPages(FileChannel file, ThriftStruct footer) {
    this.file = file;
    this.footer = footer;
  }

  /** Reads the footer; empty if it cannot be read, as whoever reads the data will say. */
  static Optional<ParquetPages> of(FileChannel file) throws IOException {
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    file.read(trailer, file.size() - TRAILER);
    long length = trailer.getInt(0);
    long start = file.size() - TRAILER - length;
    if (length <= 0 || start < 0) {
      return Optional.empty();
    }
    try {
      ByteBuffer footer = file.map(FileChannel.MapMode.READ_ONLY, start, length);
      return Optional.of(new ParquetPages(file, ThriftStruct.read(footer)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean areEncrypted() {
    return footer.struct(ENCRYPTION).isPresent();
  }

  /** Returns whether each page of a column that has a checksum has the right one. */
  boolean areWhole(String column) throws IOException {
    for (ThriftStruct group : footer.structs(ROW_GROUPS)) {
      for (ThriftStruct chunk : group.structs(COLUMNS)) {
        Optional<ThriftStruct> data = chunk.struct(META_DATA);
        if (data.isPresent() && column.equals(name(data.get())) && !isWhole(data.get())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the name of a column, also of the entries of its lists. */
  private static String name(ThriftStruct column) {
    List<?> path = column.list(PATH);
    return !path.isEmpty() && path.get(0) instanceof byte[] name
        ? new String(name, StandardCharsets.UTF_8)
        : "";
  }

  private boolean isWhole(ThriftStruct column) throws IOException {
    long first = column.number(FIRST_DATA_PAGE).orElse(0);
    long dictionary = column.number(DICTIONARY_PAGE).orElse(0);
    long start = dictionary > 0 ? Math.min(first, dictionary) : first;
    long size = column.number(COMPRESSED_SIZE).orElse(0);
    if (start <= 0 || size <= 0 || size > Integer.MAX_VALUE || start > file.size() - size) {
      return true; // nothing to check, or whoever reads the data says why not
    }
    ByteBuffer pages = file.map(FileChannel.MapMode.READ_ONLY, start, size);
    try {
      while (pages.hasRemaining()) {
        if (!isNextWhole(pages)) {
          return false;
        }
      }
    } catch (IllegalArgumentException e) {
      return true; // no header of a page: the same
    }
    return true;
  }

  private static boolean isNextWhole(ByteBuffer pages) {
    ThriftStruct header = ThriftStruct.read(pages);
    long size = header.number(PAGE_SIZE).orElse(-1);
    if (size < 0 || size > pages.remaining()) {
      throw new IllegalArgumentException("a page is cut off");
    }
    OptionalLong expected = header.number(CHECKSUM);
    ByteBuffer page = pages.slice(pages.position(), (int) size);
    pages.position(pages.position() + (int) size);
    CRC32 found = new CRC32();
    found.update(page);
    return expected.isEmpty() || (int) found.getValue() == (int) expected.getAsLong();
  }
}
