package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.protocol.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** Files of tensors. */
class SafetensorsFuzzTest extends ParserProperties {
  @Override
  List<byte[]> whole() throws IOException {
    Path file = Files.createTempFile("nepenthe-fuzz", ".safetensors");
    Safetensors.write(
        file,
        Map.of(
            "a", new Safetensors.Tensor(new long[] {2, 3}, new float[6]),
            "b.weight", new Safetensors.Tensor(new long[] {4}, new float[] {1, 2, 3, 4})));
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    return List.of(whole);
  }

  @Override
  List<String> words() {
    return List.of(
        "\"F64\"", "\"BF16\"", "\"I64\"", "\"__metadata__\"", "[0,8]", "[8,0]", "\"a\":");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_CHECKPOINT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Map<String, Safetensors.Tensor> read =
        Safetensors.read(Files.write(place.resolve("model.safetensors"), file));
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int start = Long.BYTES + Math.toIntExact(bytes.getLong(0));
    JsonNode header = Said.json(Arrays.copyOfRange(file, Long.BYTES, start));
    Set<String> names = new TreeSet<>();
    header.fieldNames().forEachRemaining(names::add);
    names.remove("__metadata__");
    assertEquals(names, new TreeSet<>(read.keySet()));
    int end = start;
    for (Map.Entry<String, Safetensors.Tensor> each : read.entrySet()) {
      end += requireSaid(header.path(each.getKey()), each.getValue(), bytes, start);
    }
    assertEquals(file.length, end, "bytes of no tensor, or of two");
  }

  /** Returns how many bytes a tensor has; numbers of other types than float32 are only counted. */
  private static int requireSaid(
      JsonNode said, Safetensors.Tensor tensor, ByteBuffer bytes, int start) {
    long[] shape =
        StreamSupport.stream(said.path("shape").spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .toArray();
    assertArrayEquals(shape, tensor.shape());
    int from = start + said.at("/data_offsets/0").intValue();
    int to = start + said.at("/data_offsets/1").intValue();
    assertTrue(from <= to && to <= bytes.capacity(), said.toString());
    assertEquals(LongStream.of(shape).reduce(1, (a, b) -> a * b), tensor.values().length);
    if (said.path("dtype").asText().equals("F32")) {
      float[] values = new float[(to - from) / Float.BYTES];
      bytes.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      assertArrayEquals(values, tensor.values());
    }
    return to - from;
  }
}
