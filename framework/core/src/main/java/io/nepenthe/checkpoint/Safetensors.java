package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Pieces;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: 8 bytes little-endian header length, a JSON header of names, types,
 * shapes and offsets, then raw data. Reads F32, and F16 and BF16 widened to F32; writes all three.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Safetensors() {}

  /** A tensor to be written. */
  public interface Source {
    /** Returns the shape. */
    long[] shape();

    /** Returns the type in which it is stored; values are rounded to it. */
    default FloatType type() {
      return FloatType.FLOAT32;
    }

    /** Passes on the row-major values, a bounded number at a time. */
    void read(Pieces.Reader<IOException> reader) throws IOException;
  }

  /** A tensor in memory: shape and row-major values. */
  public static final class Tensor implements Source {
    private final long[] shape;
    private final float[] values;

    /** Keeps both arrays as they are. */
    public Tensor(long[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    @Override
    public void read(Pieces.Reader<IOException> reader) throws IOException {
      reader.read(0, values);
    }

    /** Returns the values themselves, not a copy. */
    public float[] values() {
      return values;
    }
  }

  /** Writes the tensors in the map's order. The file appears whole or not at all. */
  public static void write(Path file, Map<String, ? extends Source> tensors) throws IOException {
    byte[] header = header(tensors);
    AtomicFiles.write(file, part -> writeTo(part, header, tensors.values()));
  }

  private static byte[] header(Map<String, ? extends Source> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, ? extends Source> entry : tensors.entrySet()) {
      FloatType type = entry.getValue().type();
      ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", type.id());
      ArrayNode shape = tensor.putArray("shape");
      long end = offset + type.bytes();
      for (long dimension : entry.getValue().shape()) {
        shape.add(dimension);
        end = offset + (end - offset) * dimension;
      }
      tensor.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return padded(JSON.writeValueAsBytes(header));
  }

  private static void writeTo(Path file, byte[] header, Collection<? extends Source> tensors)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      byte[] length = new byte[Long.BYTES];
      ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
      out.write(length);
      out.write(header);
      for (Source tensor : tensors) {
        tensor.read((from, values) -> out.write(bytes(tensor.type(), values)));
      }
    }
  }

  private static byte[] bytes(FloatType type, float[] values) {
    byte[] bytes = new byte[type.bytes() * values.length];
    type.write(values, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  /** Reads every tensor; a damaged file is one clear error. */
  public static Map<String, Tensor> read(Path file) {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      open.names().forEach(name -> tensors.put(name, open.tensor(name)));
      return tensors;
    }
  }

  private static byte[] padded(byte[] header) {
    byte[] padded = Arrays.copyOf(header, (header.length + 7) / 8 * 8);
    Arrays.fill(padded, header.length, padded.length, (byte) ' ');
    return padded;
  }
}
