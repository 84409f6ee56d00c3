package io.nepenthe.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.files.WrongContent;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file that is open to be read. Its header is checked when it is opened; tensors are
 * read one by one and piece by piece, so that those nobody asks for take no memory and may be of
 * any type, and a file or a tensor may be larger than a Java array.
 */
final class SafetensorsFile implements AutoCloseable {
  private static final int LENGTH_BYTES = 8;
  private static final long LARGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, StoredTensor> tensors;

  private SafetensorsFile(
      Path file, FileChannel channel, long dataStart, Map<String, StoredTensor> tensors) {
    this.file = file;
    this.channel = channel;
    this.dataStart = dataStart;
    this.tensors = tensors;
  }

  /** Opens a file; a damaged one is one clear error. */
  static SafetensorsFile open(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return open(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
  }

  private static SafetensorsFile open(Path file, FileChannel channel) throws IOException {
    try {
      byte[] header = header(file, channel);
      long dataStart = (long) LENGTH_BYTES + header.length;
      return new SafetensorsFile(
          file, channel, dataStart, SafetensorsHeader.read(header, channel.size() - dataStart));
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON", e);
    } catch (CharacterCodingException e) {
      throw damaged(file, "its header is no text in UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static byte[] header(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long length = size < LENGTH_BYTES ? -1 : read(channel, file, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > LARGEST_HEADER || length > size - LENGTH_BYTES) {
      Optional<String> other = WrongContent.of(file);
      if (other.isEmpty()) {
        other =
            WrongContent.textOf(file)
                .map(text -> "is text that begins '" + text + "'; download it again");
      }
      if (other.isPresent()) {
        throw BadModel.of(file, other.get());
      }
      throw damaged(
          file,
          size == 0 ? "it is empty" : "its header length is " + length + " of " + size + " bytes",
          null);
    }
    byte[] text = new byte[(int) length];
    read(channel, file, LENGTH_BYTES, text.length).get(text);
    return text;
  }

  /** Returns where it lies. */
  Path path() {
    return file;
  }

  /** Returns the names of the tensors, in the header's order. */
  Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Reads a tensor that is there, as float32; it must fit into a Java array. */
  Safetensors.Tensor tensor(String name) {
    long[] shape = shape(name);
    long size = stored(name).size();
    if (size > Integer.MAX_VALUE - 8) {
      throw BadModel.of(file, "tensor " + name + " has " + size + " values, too many for an array");
    }
    return new Safetensors.Tensor(shape, values(name, 0, (int) size));
  }

  /** Returns the shape of a tensor that is there, of a type that is read. */
  long[] shape(String name) {
    StoredTensor stored = stored(name);
    width(name, stored);
    return stored.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** Reads some values of a tensor that is there, as float32, from a flat index on. */
  float[] values(String name, long from, int count) {
    StoredTensor stored = stored(name);
    int width = width(name, stored);
    float[] values = new float[count];
    try {
      for (int done = 0; done < count; done += Pieces.ENTRIES) {
        int some = Math.min(Pieces.ENTRIES, count - done);
        long position = dataStart + stored.from() + width * (from + done);
        ByteBuffer bytes = read(channel, file, position, width * some);
        convert(bytes, stored.type(), values, done, some);
      }
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
    return values;
  }

  private StoredTensor stored(String name) {
    StoredTensor stored = tensors.get(name);
    if (stored == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return stored;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
  }

  /** Returns the bytes of a value. */
  private int width(String name, StoredTensor stored) {
    return switch (stored.type()) {
      case "F32" -> Float.BYTES;
      case "F16", "BF16" -> Short.BYTES;
      default ->
          throw BadModel.of(
              file,
              "tensor "
                  + name
                  + " has type "
                  + stored.type()
                  + "; save it as F32, F16 or BF16, no other is read");
    };
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

  private static NepentheException damaged(Path file, String what, @Nullable Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_CHECKPOINT,
        file + " is no whole safetensors file: " + what + ". Copy or train it again.",
        cause);
  }
}
