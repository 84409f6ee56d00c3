package io.nepenthe.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The bytes of a Parquet file of one page, by hand: for what DuckDB does not write. */
final class ParquetBytes {
  static final int UNCOMPRESSED = 0;
  static final int LZ4_OF_HADOOP = 5;

  private static final byte[] MAGIC = ascii("PAR1");
  private static final int FIRST_PAGE = MAGIC.length;

  private final int codec;
  private final boolean encrypted;

  ParquetBytes(int codec, boolean encrypted) {
    this.codec = codec;
    this.encrypted = encrypted;
  }

  /** Returns a file with a row of text, whose page has its checksum. */
  byte[] of(String row) {
    byte[] text = row.getBytes(StandardCharsets.UTF_8);
    byte[] page = joined(littleEndian(text.length), text);
    CRC32 checksum = new CRC32();
    checksum.update(page);
    byte[] header =
        joined(
            number(1, 5, 0), // a data page
            number(1, 5, page.length),
            number(1, 5, page.length),
            number(1, 5, (int) checksum.getValue()),
            field(
                1,
                12,
                struct(joined(number(1, 5, 1), number(1, 5, 0), number(1, 5, 3), number(1, 5, 3)))),
            new byte[1]);
    byte[] footer = footer(header.length + page.length);
    return joined(MAGIC, header, page, footer, littleEndian(footer.length), MAGIC);
  }

  private byte[] footer(int pageBytes) {
    byte[] name = joined(new byte[] {4}, ascii("text"));
    byte[] root = joined(field(4, 8, joined(new byte[] {1}, ascii("s"))), number(1, 5, 1));
    byte[] leaf = joined(number(1, 5, 6), number(2, 5, 0), field(1, 8, name), number(2, 5, 0));
    byte[] data =
        joined(
            number(1, 5, 6),
            field(1, 9, new byte[] {0x15, 0}), // one encoding, plain
            field(1, 9, joined(new byte[] {0x18}, name)),
            number(1, 5, codec),
            number(1, 6, 1),
            number(1, 6, pageBytes),
            number(1, 6, pageBytes),
            number(2, 6, FIRST_PAGE));
    byte[] chunk = joined(number(2, 6, FIRST_PAGE), field(1, 12, struct(data)));
    byte[] group = joined(listOfOne(chunk), number(1, 6, pageBytes), number(1, 6, 1));
    return joined(
        number(1, 5, 1),
        field(1, 9, joined(new byte[] {0x2c}, struct(root), struct(leaf))),
        number(1, 6, 1),
        listOfOne(group),
        encrypted ? field(4, 12, struct(field(1, 12, new byte[1]))) : new byte[0],
        new byte[1]);
  }

  private static byte[] struct(byte[] fields) {
    return joined(fields, new byte[1]);
  }

  private static byte[] listOfOne(byte[] fields) {
    return field(1, 9, joined(new byte[] {0x1c}, struct(fields)));
  }

  private static byte[] field(int idsOn, int type, byte[] value) {
    return joined(new byte[] {(byte) ((idsOn << 4) | type)}, value);
  }

  private static byte[] number(int idsOn, int type, int value) {
    ByteArrayOutputStream digits = new ByteArrayOutputStream();
    int left = (value << 1) ^ (value >> 31);
    while ((left & ~0x7f) != 0) {
      digits.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    digits.write(left);
    return field(idsOn, type, digits.toByteArray());
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
