package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.testkit.TinyFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The index of a model that lies in several files. */
class ModelIndexFuzzTest extends ParserProperties {
  private static final String SHARD = "model-00001-of-00001.safetensors";

  @Override
  List<byte[]> whole() {
    String map =
        TinyFixture.trained().model().layout().tensors().stream()
            .map(tensor -> "\"" + tensor.name() + "\": \"" + SHARD + "\"")
            .collect(Collectors.joining(",\n"));
    String index = "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {" + map + "}}";
    return List.of(index.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("\"" + SHARD + "\"", "\"../" + SHARD + "\"", "\"/dev/zero\"", "\"weight_map\":");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_CHECKPOINT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    TinyFixture tiny = TinyFixture.trained();
    ModelFolder.write(place, tiny.model(), tiny.original(), SpecialIds.NONE);
    Files.move(place.resolve("model.safetensors"), place.resolve(SHARD));
    Files.write(place.resolve("model.safetensors.index.json"), file);
    assertArrayEquals(tiny.original(), ModelFolder.readValues(place, tiny.model()));
  }
}
