package io.nepenthe.corpus;

import io.nepenthe.task.TokenIds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How many bytes an id takes in a token file, which its version says. */
enum IdWidth {
  /** Unsigned 16-bit ids. */
  TWO(1, Character.BYTES) {
    @Override
    void put(int[] ids, ByteBuffer bytes) {
      CharBuffer narrow = bytes.asCharBuffer();
      for (int id : ids) {
        narrow.put((char) id);
      }
    }

    @Override
    TokenIds mapped(ByteBuffer bytes, String hash) {
      return new Narrow(bytes.asCharBuffer(), hash);
    }
  },
  /** 32-bit ids. */
  FOUR(2, Integer.BYTES) {
    @Override
    void put(int[] ids, ByteBuffer bytes) {
      bytes.asIntBuffer().put(ids);
    }

    @Override
    TokenIds mapped(ByteBuffer bytes, String hash) {
      return new Wide(bytes.asIntBuffer(), hash);
    }
  };

  /** A file is mapped as one buffer, which has no more. */
  private static final long MOST_BYTES = 2_000_000_000;

  private final int version;
  private final int bytes;

  IdWidth(int version, int bytes) {
    this.version = version;
    this.bytes = bytes;
  }

  private record Narrow(CharBuffer ids, String hash) implements TokenIds {
    @Override
    public int size() {
      return ids.limit();
    }

    @Override
    public int id(int index) {
      return ids.get(index);
    }
  }

  private record Wide(IntBuffer ids, String hash) implements TokenIds {
    @Override
    public int size() {
      return ids.limit();
    }

    @Override
    public int id(int index) {
      return ids.get(index);
    }
  }

  /** Returns the least that holds the ids of a tokenizer with so many. */
  static IdWidth of(int vocabulary) {
    return vocabulary <= Character.MAX_VALUE + 1 ? TWO : FOUR;
  }

  /** Returns that of a file of such a version; empty if there is none. */
  static Optional<IdWidth> ofVersion(int version) {
    return Arrays.stream(values()).filter(width -> width.version == version).findFirst();
  }

  /** Returns the version of a file with such ids. */
  int version() {
    return version;
  }

  /** Returns the size of so many ids. */
  long bytes(long ids) {
    return bytes * ids;
  }

  /** Returns how many ids a file may hold. */
  long mostIds() {
    return MOST_BYTES / bytes;
  }

  /** Returns ids as a file holds them. */
  ByteBuffer bytes(int... ids) {
    ByteBuffer all = ByteBuffer.allocate(bytes * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    put(ids, all);
    return all;
  }

  abstract void put(int[] ids, ByteBuffer bytes);

  /** Returns the ids that little-endian bytes hold, which stay where they are. */
  abstract TokenIds mapped(ByteBuffer bytes, String hash);
}
