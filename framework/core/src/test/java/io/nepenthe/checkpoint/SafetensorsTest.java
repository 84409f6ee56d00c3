package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void roundTripKeepsNamesShapesAndBits() throws IOException {
    Map<String, Safetensors.Tensor> read = Safetensors.read(example());
    assertEquals(List.of("a", "b", "empty"), List.copyOf(read.keySet()));
    assertArrayEquals(new long[] {2, 3}, read.get("a").shape());
    assertArrayEquals(new float[] {1, -2, 3.5f, 0, -0f, 1e-40f}, read.get("a").values());
    assertArrayEquals(new long[0], read.get("b").shape());
    assertArrayEquals(new float[] {7}, read.get("b").values());
    assertArrayEquals(new long[] {0, 4}, read.get("empty").shape());
  }

  @Test
  void dataStartsAtAMultipleOfEightBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(example());
    assertEquals(0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(example());
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertDamaged(file);
    }
  }

  @Test
  void flippedHeaderBitsAreRefusedOrReadButNeverCrash() throws IOException {
    byte[] whole = Files.readAllBytes(example());
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int i = 0; i < 8 + header; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Path file = Files.write(folder.resolve("flipped"), flipped);
      try {
        Safetensors.read(file);
      } catch (NepentheException e) {
        assertEquals(ErrorCode.BAD_CHECKPOINT, e.code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}"
      })
  void headersThatDoNotFitTheirDataAreRefused(String header) throws IOException {
    assertDamaged(file(header, new byte[8]));
  }

  /** 0x3c00 is 1, 0xc000 is -2, 0x0001 is 2^-24, 0x7c00 infinity, 0x3555 about a third. */
  @Test
  void halfPrecisionIsWidened() throws IOException {
    float[] values = widened("F16", 0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555);
    assertArrayEquals(new float[] {1, -2, 0x1p-24f, Float.POSITIVE_INFINITY, 0.33325195f}, values);
  }

  /** The upper half of a float: 0x3f80 is 1, 0xc000 is -2, 0x7fc0 is NaN. */
  @Test
  void brainFloatIsWidened() throws IOException {
    float[] values = widened("BF16", 0x3f80, 0xc000, 0x7fc0, 0x0001);
    assertArrayEquals(new float[] {1, -2, Float.NaN, Float.intBitsToFloat(0x10000)}, values);
  }

  /**
   * A file of 8 GB that is nearly all hole: 2^32 + 2 zeros, a few of them not, and a tensor more.
   */
  @Test
  void readsATensorBeyondTwoToThe32() throws IOException {
    long size = (1L << 32) + 2;
    String header =
        String.format(
            "{\"big\":{\"dtype\":\"BF16\",\"shape\":[2,%d],\"data_offsets\":[0,%d]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}",
            size / 2, 2 * size, 2 * size, 2 * size + 4);
    Path path = file(header, new byte[0]);
    long data = Files.size(path);
    put(path, data + 2 * (1L << 31), new byte[] {(byte) 0x80, 0x3f}); // 1
    put(path, data + 2 * (1L << 32), new byte[] {0, (byte) 0xc0}); // -2
    put(path, data + 2 * size, new byte[] {0, 0, 0x40, 0x40}); // 3
    try (SafetensorsFile open = SafetensorsFile.open(path)) {
      assertArrayEquals(new long[] {2, size / 2}, open.shape("big"));
      assertArrayEquals(new float[] {0, 1, 0}, open.values("big", (1L << 31) - 1, 3));
      assertArrayEquals(new float[] {0, -2, 0}, open.values("big", (1L << 32) - 1, 3));
      assertArrayEquals(new float[] {3}, open.tensor("last").values());
      String message = assertThrows(NepentheException.class, () -> open.tensor("big")).getMessage();
      assertTrue(message.contains("4294967298"), message);
    } finally {
      Files.delete(path);
    }
  }

  private static void put(Path path, long position, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    }
  }

  private float[] widened(String type, int... bits) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : bits) {
      data.putShort((short) value);
    }
    String header =
        String.format(
            "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}",
            type, bits.length, data.capacity());
    return Safetensors.read(file(header, data.array())).get("a").values();
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  private Path example() throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    float[] values = {1, -2, 3.5f, 0, -0f, 1e-40f};
    tensors.put("a", new Safetensors.Tensor(new long[] {2, 3}, values));
    tensors.put("b", new Safetensors.Tensor(new long[0], new float[] {7}));
    tensors.put("empty", new Safetensors.Tensor(new long[] {0, 4}, new float[0]));
    Path file = folder.resolve("example.safetensors");
    Safetensors.write(file, tensors);
    return file;
  }

  private static void assertDamaged(Path file) {
    NepentheException e = assertThrows(NepentheException.class, () -> Safetensors.read(file));
    assertEquals(ErrorCode.BAD_CHECKPOINT, e.code());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }
}
