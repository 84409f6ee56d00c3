package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: 8 bytes little-endian header length, a JSON header of names, types,
 * shapes and offsets, then raw data. Reads F32, and F16 and BF16 widened to F32; writes F32.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LARGEST_HEADER = 100_000_000;

  private Safetensors() {}

  /** A tensor in memory: shape and row-major values. */
  public static final class Tensor {
    private final long[] shape;
    private final float[] values;

    /** Keeps both arrays as they are. */
    public Tensor(long[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }

    /** Returns the shape. */
    public long[] shape() {
      return shape.clone();
    }

    /** Returns the values themselves, not a copy. */
    public float[] values() {
      return values;
    }
  }

  /** Writes the tensors in the map's order. The file appears whole or not at all. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", "F32");
      for (long dimension : entry.getValue().shape) {
        tensor.withArray("shape").add(dimension);
      }
      if (entry.getValue().shape.length == 0) {
        tensor.putArray("shape");
      }
      long end = offset + 4L * entry.getValue().values.length;
      tensor.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = padded(JSON.writeValueAsBytes(header));
    AtomicFiles.write(file, part -> writeTo(part, text, tensors));
  }

  private static void writeTo(Path file, byte[] header, Map<String, Tensor> tensors)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      byte[] length = new byte[8];
      ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
      out.write(length);
      out.write(header);
      for (Tensor tensor : tensors.values()) {
        byte[] bytes = new byte[4 * tensor.values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.values);
        out.write(bytes);
      }
    }
  }

  /** Reads every tensor; a damaged file is one clear error. */
  public static Map<String, Tensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long headerLength = size < 8 ? -1 : read(channel, file, 0, 8).getLong();
      if (headerLength < 2 || headerLength > LARGEST_HEADER || headerLength > size - 8) {
        throw damaged(
            file, "its header length is " + headerLength + " of " + size + " bytes", null);
      }
      byte[] text = new byte[(int) headerLength];
      read(channel, file, 8, text.length).get(text);
      JsonNode header = JSON.readTree(new String(text, StandardCharsets.UTF_8));
      if (header == null || !header.isObject()) {
        throw damaged(file, "its header is no JSON object", null);
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!"__metadata__".equals(entry.getKey())) {
          tensors.put(
              entry.getKey(),
              read(channel, file, 8 + headerLength, entry.getKey(), entry.getValue()));
        }
      }
      return tensors;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw damaged(file, "its header is no JSON", e);
    } catch (IOException e) {
      throw damaged(file, "it cannot be read (" + e + ")", e);
    }
  }

  private static Tensor read(
      FileChannel channel, Path file, long dataStart, String name, JsonNode entry)
      throws IOException {
    String type = entry.path("dtype").asText();
    int width =
        switch (type) {
          case "F32" -> 4;
          case "F16", "BF16" -> 2;
          case "BOOL", "U8", "I8" -> 1; // attention masks of old GPT-2 files
          default ->
              throw damaged(file, "tensor " + name + " has type " + type + ", not F32", null);
        };
    List<Long> dimensions = new ArrayList<>();
    entry.path("shape").forEach(dimension -> dimensions.add(dimension.asLong(-1)));
    long[] shape = dimensions.stream().mapToLong(Long::longValue).toArray();
    long count = 1;
    for (long dimension : shape) {
      count = dimension < 0 || count > Integer.MAX_VALUE ? -1 : count * dimension;
    }
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    boolean fits = count >= 0 && from >= 0 && to - from == count * width;
    if (!fits || dataStart + to > channel.size() || to - from > Integer.MAX_VALUE - 8) {
      throw damaged(
          file,
          "tensor " + name + " of shape " + dimensions + " claims bytes " + from + " to " + to,
          null);
    }
    return new Tensor(
        shape, floats(read(channel, file, dataStart + from, (int) (to - from)), type, (int) count));
  }

  private static float[] floats(ByteBuffer bytes, String type, int count) {
    float[] values = new float[count];
    switch (type) {
      case "F32" -> bytes.asFloatBuffer().get(values);
      case "BF16" -> {
        for (int i = 0; i < count; i++) {
          values[i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
        }
      }
      case "F16" -> {
        for (int i = 0; i < count; i++) {
          values[i] = half(bytes.getShort(2 * i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          values[i] = bytes.get(i);
        }
      }
    }
    return values;
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
    ByteBuffer bytes = littleEndian(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw damaged(file, "it ends at byte " + channel.size(), null);
      }
    }
    return bytes.flip();
  }

  private static byte[] padded(byte[] header) {
    byte[] padded = java.util.Arrays.copyOf(header, (header.length + 7) / 8 * 8);
    java.util.Arrays.fill(padded, header.length, padded.length, (byte) ' ');
    return padded;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static NepentheException damaged(Path file, String what, Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_CHECKPOINT,
        file + " is no whole safetensors file: " + what + ". Copy or train it again.",
        cause);
  }
}
