package io.nepenthe.corpus;

import io.nepenthe.protocol.ContentHash;
import io.nepenthe.task.TokenIds;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of token ids: 64 bytes of header, then the ids, all little-endian.
 *
 * <p>Header: 8 bytes of magic, version (4 bytes), which says how wide an id is, CRC32C of the ids
 * followed by the rest of the header (4), number of ids (8), SHA-256 of the ids (32), zeros.
 */
final class TokenFile {
  static final int HEADER_BYTES = 64;

  private static final byte[] MAGIC = "NPTOKENS".getBytes(StandardCharsets.US_ASCII);
  private static final int CRC_AT = 12;
  private static final int COUNT_AT = 16;
  private static final int HASH_AT = 24;
  private static final int HASH_BYTES = 32;

  /** More than that is damage. */
  private static final int PLAUSIBLE_VERSION = 100;

  private TokenFile() {}

  /** A file of a later version than this program's. */
  static final class NewerException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerException(int version) {
      super("it was made by a newer Nepenthe (version " + version + " of token files)");
    }
  }

  /** Writes a new file, block by block. */
  static final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private final IdWidth width;
    private final MessageDigest hash = ContentHash.sha256();
    private final CRC32C crc = new CRC32C();
    private long count;

    Writer(Path file, IdWidth width) throws IOException {
      this.width = width;
      channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
              .position(HEADER_BYTES);
    }

    void add(int... ids) throws IOException {
      ByteBuffer bytes = width.bytes(ids);
      hash.update(bytes.duplicate());
      crc.update(bytes.duplicate());
      writeAll(bytes);
      count += ids.length;
    }

    long count() {
      return count;
    }

    /** Returns how many there may be. */
    long most() {
      return width.mostIds();
    }

    /** Writes the header: without it the file is none. */
    @Override
    public void close() throws IOException {
      try (channel) {
        ByteBuffer header = littleEndian(HEADER_BYTES).put(MAGIC).putInt(width.version());
        header.putLong(COUNT_AT, count).put(HASH_AT, hash.digest());
        crc.update(header.duplicate().position(COUNT_AT));
        header.putInt(CRC_AT, (int) crc.getValue()).rewind();
        channel.position(0);
        writeAll(header);
      }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /**
   * Returns the ids, mapped into memory after their checksum was checked.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it is damaged; its message says how
   */
  static TokenIds open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = header(channel);
      IdWidth width = width(header);
      long count = header.getLong(COUNT_AT);
      ByteBuffer ids =
          channel
              .map(FileChannel.MapMode.READ_ONLY, HEADER_BYTES, width.bytes(count))
              .order(ByteOrder.LITTLE_ENDIAN);
      CRC32C crc = new CRC32C();
      crc.update(ids.duplicate());
      crc.update(header.duplicate().position(COUNT_AT));
      if ((int) crc.getValue() != header.getInt(CRC_AT)) {
        throw new IOException("its checksum is wrong");
      }
      byte[] hash = new byte[HASH_BYTES];
      header.get(HASH_AT, hash);
      return width.mapped(ids, HexFormat.of().formatHex(hash));
    }
  }

  /** Returns the number of ids that the header tells. */
  static long count(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return header(channel).getLong(COUNT_AT);
    }
  }

  private static ByteBuffer header(FileChannel channel) throws IOException {
    ByteBuffer header = littleEndian(HEADER_BYTES);
    while (header.hasRemaining()) {
      if (channel.read(header) < 0) {
        throw new EOFException("it is cut off");
      }
    }
    header.rewind();
    IdWidth width = width(header);
    long count = header.getLong(COUNT_AT);
    if (count < 0
        || count > width.mostIds()
        || channel.size() != HEADER_BYTES + width.bytes(count)) {
      throw new IOException(
          "it has " + channel.size() + " bytes, which does not fit " + count + " ids");
    }
    return header;
  }

  private static IdWidth width(ByteBuffer header) throws IOException {
    boolean isTokens = header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    int version = header.getInt(MAGIC.length);
    Optional<IdWidth> width = IdWidth.ofVersion(version);
    if (isTokens && width.isEmpty() && version > 0 && version <= PLAUSIBLE_VERSION) {
      throw new NewerException(version);
    }
    return width
        .filter(known -> isTokens)
        .orElseThrow(() -> new IOException("it is no token file of a known version"));
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
