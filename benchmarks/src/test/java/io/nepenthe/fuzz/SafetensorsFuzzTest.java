package io.nepenthe.fuzz;

import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    Safetensors.read(Files.write(place.resolve("model.safetensors"), file));
  }
}
