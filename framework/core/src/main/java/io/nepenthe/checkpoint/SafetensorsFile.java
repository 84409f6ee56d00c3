package io.nepenthe.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.WrongContent;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Pieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
    type(name);
    return stored.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** Reads some values of a tensor that is there, as float32, from a flat index on. */
  float[] values(String name, long from, int count) {
    FloatType type = type(name);
    float[] values = new float[count];
    try {
      for (int done = 0; done < count; done += Pieces.ENTRIES) {
        int some = Math.min(Pieces.ENTRIES, count - done);
        long position = position(name) + type.bytes() * (from + done);
        type.read(read(channel, file, position, type.bytes() * some), values, done, some);
      }
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
    return values;
  }

  /** Returns where the bytes of a tensor that is there begin. */
  long position(String name) {
    return dataStart + stored(name).from();
  }

  /** Returns where the bytes of the last tensor end, which is the end of the file. */
  long size() {
    return dataStart + tensors.values().stream().mapToLong(StoredTensor::to).max().orElse(0);
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

  /** Returns the type of a tensor that is there, one that is read. */
  FloatType type(String name) {
    String type = stored(name).type();
    return FloatType.of(type)
        .orElseThrow(
            () ->
                BadModel.of(
                    file,
                    "tensor "
                        + name
                        + " has type "
                        + type
                        + "; save it as F32, F16 or BF16, no other is read"));
  }

  /** Gives what is to be written in place of some bytes of a tensor. */
  interface Replacement {
    /**
     * Returns true if a tensor has to be passed on; of any other, and of the header, the bytes are
     * copied.
     */
    boolean concerns(String name);

    /**
     * Changes some numbers of a tensor.
     *
     * @param from flat index of the first
     * @param count how many they are
     * @param bytes the numbers as they are stored, to be overwritten
     */
    void replace(String name, long from, int count, ByteBuffer bytes);
  }

  /** Writes the file anew, with other numbers in some tensors, and the same header. */
  void copy(Path target, Replacement replacement) throws IOException {
    AtomicFiles.write(
        target,
        part -> {
          try (FileChannel out =
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copyBytes(out, 0, dataStart);
            for (String name : inFileOrder()) {
              copy(name, out, replacement);
            }
          }
        });
  }

  private List<String> inFileOrder() {
    return tensors.keySet().stream()
        .sorted(Comparator.comparingLong(name -> tensors.get(name).from()))
        .toList();
  }

  private void copy(String name, FileChannel out, Replacement replacement) throws IOException {
    StoredTensor stored = stored(name);
    long start = dataStart + stored.from();
    if (!replacement.concerns(name)) {
      copyBytes(out, start, stored.to() - stored.from());
      return;
    }
    int width = type(name).bytes();
    Pieces.cut(
        stored.size(),
        (from, count) -> {
          ByteBuffer bytes = read(channel, file, start + from * width, count * width);
          replacement.replace(name, from, count, bytes);
          write(out, bytes.rewind());
        });
  }

  private void copyBytes(FileChannel out, long from, long count) throws IOException {
    Pieces.cut(count, (at, some) -> write(out, read(channel, file, from + at, some)));
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
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
