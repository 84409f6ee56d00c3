package io.nepenthe.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file that is open to be read. Its header is checked when it is opened; tensors are
 * read one by one and piece by piece, so that those nobody asks for take no memory and may be of
 * any type, and a file or a tensor may be larger than a Java array.
 */
final class SafetensorsFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Entry> entries;

  private record Entry(String type, List<Long> shape, long from, long to) {}

  private SafetensorsFile(Path file, FileChannel channel, Map<String, Entry> entries) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
  }

  /** Opens a file; a damaged one is one clear error. */
  static SafetensorsFile open(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return new SafetensorsFile(file, channel, entries(file, channel));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns the names of the tensors, in the header's order. */
  Path path() {
    return file;
  }

  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Reads a tensor that is there, as float32; it must fit into a Java array. */
  Safetensors.Tensor tensor(String name) {
    long[] shape = shape(name);
    long size = size(name, entry(name));
    if (size > Integer.MAX_VALUE - 8) {
      throw BadModel.of(file, "tensor " + name + " has " + size + " values, too many for an array");
    }
    return new Safetensors.Tensor(shape, values(name, 0, (int) size));
  }

  /** Returns the shape of a tensor that is there, of a type that is read. */
  long[] shape(String name) {
    Entry entry = entry(name);
    size(name, entry);
    return entry.shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** Reads some values of a tensor that is there, as float32, from a flat index on. */
  float[] values(String name, long from, int count) {
    Entry entry = entry(name);
    int width = width(name, entry);
    float[] values = new float[count];
    try {
      for (int done = 0; done < count; done += Pieces.ENTRIES) {
        int some = Math.min(Pieces.ENTRIES, count - done);
        long position = entry.from + width * (from + done);
        ByteBuffer bytes = read(channel, file, position, width * some);
        convert(bytes, entry.type, values, done, some);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return values;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return entry;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Map<String, Entry> entries(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long length = size < 8 ? -1 : read(channel, file, 0, 8).getLong();
    if (length < 2 || length > LARGEST_HEADER || length > size - 8) {
      throw damaged(file, "its header length is " + length + " of " + size + " bytes", null);
    }
    byte[] text = new byte[(int) length];
    read(channel, file, 8, text.length).get(text);
    JsonNode header = JSON.readTree(new String(text, StandardCharsets.UTF_8));
    if (header == null || !header.isObject()) {
      throw damaged(file, "its header is no JSON object", null);
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tensor : header.properties()) {
      if (!"__metadata__".equals(tensor.getKey())) {
        Entry entry = entry(tensor.getValue(), 8 + length);
        if (entry.from < 8 + length || entry.to < entry.from || entry.to > size) {
          throw misplaced(file, tensor.getKey(), tensor.getValue());
        }
        entries.put(tensor.getKey(), entry);
      }
    }
    return entries;
  }

  /** Offsets are counted from the end of the header; one below 0 or beyond any file becomes -1. */
  private static Entry entry(JsonNode tensor, long dataStart) {
    List<Long> shape =
        StreamSupport.stream(tensor.path("shape").spliterator(), false)
            .map(dimension -> dimension.asLong(-1))
            .toList();
    JsonNode offsets = tensor.path("data_offsets");
    return new Entry(
        tensor.path("dtype").asText(),
        shape,
        offset(offsets.path(0), dataStart),
        offset(offsets.path(1), dataStart));
  }

  private static long offset(JsonNode offset, long dataStart) {
    long value = offset.asLong(-1);
    return value < 0 || value > Long.MAX_VALUE - dataStart ? -1 : dataStart + value;
  }

  /** Returns the bytes of a value. */
  private int width(String name, Entry entry) {
    return switch (entry.type) {
      case "F32" -> Float.BYTES;
      case "F16", "BF16" -> Short.BYTES;
      default ->
          throw BadModel.of(
              file,
              "tensor "
                  + name
                  + " has type "
                  + entry.type
                  + "; save it as F32, F16 or BF16, no other is read");
    };
  }

  /** Returns the number of values, which is what the bytes say and the shape. */
  private long size(String name, Entry entry) {
    long bytes = entry.to - entry.from;
    long size = bytes / width(name, entry);
    if (product(entry.shape) != size || bytes != size * width(name, entry)) {
      throw damaged(
          file,
          "tensor "
              + name
              + " of shape "
              + entry.shape
              + " has "
              + bytes
              + " bytes of "
              + entry.type,
          null);
    }
    return size;
  }

  /** Returns the product of dimensions; -1 if one is negative or the product is no long. */
  private static long product(List<Long> shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0 || Math.multiplyHigh(product, dimension) != 0 || product * dimension < 0) {
        return -1;
      }
      product *= dimension;
    }
    return product;
  }

  private static void convert(ByteBuffer bytes, String type, float[] values, int from, int count) {
    switch (type) {
      case "F32" -> bytes.asFloatBuffer().get(values, from, count);
      case "BF16" -> {
        for (int i = 0; i < count; i++) {
          values[from + i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          values[from + i] = half(bytes.getShort(2 * i));
        }
      }
    }
  }

  /** IEEE 754 half precision to single; Java has this conversion from version 20 on. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    float magnitude =
        exponent == 0
            ? Math.scalb((float) mantissa, -24)
            : exponent == 31
                ? (mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Math.scalb((float) (mantissa + 1024), exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }

  private static ByteBuffer read(FileChannel channel, Path file, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw damaged(file, "it ends at byte " + channel.size(), null);
      }
    }
    return bytes.flip();
  }

  private static NepentheException misplaced(Path file, String name, JsonNode tensor) {
    return damaged(
        file, "tensor " + name + " claims bytes " + tensor.path("data_offsets") + " of it", null);
  }

  private static NepentheException unreadable(Path file, IOException cause) {
    return damaged(file, "it cannot be read (" + cause + ")", cause);
  }

  private static NepentheException damaged(Path file, String what, @Nullable Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_CHECKPOINT,
        file + " is no whole safetensors file: " + what + ". Copy or train it again.",
        cause);
  }
}
