package io.nepenthe.corpus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A struct of Thrift's compact protocol, in which Parquet writes what it says about its data.
 *
 * @param fields by their ids: Long, byte[], List or ThriftStruct; those of other types are left out
 */
record ThriftStruct(Map<Integer, Object> fields) {
  private static final int DEEPEST = 32;

  /**
   * Reads a struct, and leaves the buffer behind it.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ThriftStruct read(ByteBuffer bytes) {
    return new Reader(bytes).struct(0);
  }

  OptionalLong number(int id) {
    return fields.get(id) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  Optional<ThriftStruct> struct(int id) {
    return fields.get(id) instanceof ThriftStruct struct ? Optional.of(struct) : Optional.empty();
  }

  List<?> list(int id) {
    return fields.get(id) instanceof List<?> list ? list : List.of();
  }

  List<ThriftStruct> structs(int id) {
    return list(id).stream()
        .filter(ThriftStruct.class::isInstance)
        .map(ThriftStruct.class::cast)
        .toList();
  }

  /** Reads values one after the other. */
  private record Reader(ByteBuffer bytes) {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int LONGEST_INTEGER = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    ThriftStruct struct(int depth) {
      Map<Integer, Object> fields = new TreeMap<>();
      int id = 0;
      for (int header = next(); header != 0; header = next()) {
        id = header >> 4 == 0 ? (int) zigzag() : id + (header >> 4);
        int type = header & 0xf;
        if (type != TRUE && type != FALSE) { // those have no value of their own in a struct
          Optional<Object> value = value(type, depth);
          if (value.isPresent()) {
            fields.put(id, value.get());
          }
        }
      }
      return new ThriftStruct(fields);
    }

    private Optional<Object> value(int type, int depth) {
      if (depth > DEEPEST) {
        throw new IllegalArgumentException("it is nested too deeply");
      }
      if (type > BYTE && type <= LONGEST_INTEGER) {
        return Optional.of(zigzag());
      }
      switch (type) {
        case TRUE, FALSE, BYTE -> next();
        case DOUBLE -> take(Double.BYTES);
        case BINARY -> {
          return Optional.of(take(size()));
        }
        case LIST, SET -> {
          return Optional.of(list(depth));
        }
        case MAP -> map(depth);
        case STRUCT -> {
          return Optional.of(struct(depth + 1));
        }
        default -> throw new IllegalArgumentException("there is no type " + type);
      }
      return Optional.empty();
    }

    private List<Object> list(int depth) {
      int header = next();
      int size = header >> 4 == 0xf ? size() : header >> 4;
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        value(header & 0xf, depth + 1).ifPresent(values::add);
      }
      return values;
    }

    private void map(int depth) {
      int size = size();
      int types = size == 0 ? 0 : next();
      for (int i = 0; i < size; i++) {
        value(types >> 4, depth + 1);
        value(types & 0xf, depth + 1);
      }
    }

    private int size() {
      long size = variable();
      if (size < 0 || size > bytes.remaining()) {
        throw new IllegalArgumentException("it ends before " + size + " more");
      }
      return (int) size;
    }

    private long zigzag() {
      long value = variable();
      return (value >>> 1) ^ -(value & 1);
    }

    private long variable() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        int read = next();
        value |= (long) (read & 0x7f) << shift;
        if (read < 0x80) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number is too long");
    }

    private int next() {
      return take(1)[0] & 0xff;
    }

    private byte[] take(int count) {
      if (count > bytes.remaining()) {
        throw new IllegalArgumentException("it is cut off");
      }
      byte[] taken = new byte[count];
      bytes.get(taken);
      return taken;
    }
  }
}
