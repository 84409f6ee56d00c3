package io.nepenthe.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.json.Json;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointFolder;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.testkit.TinyFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a checkpoint says of itself: {@code training.json}, beside a model that is whole. */
class CheckpointFuzzTest extends ParserProperties {
  private static final String RECORD = "training.json";
  private static final String OPTIMIZER = "optimizer.safetensors";

  private Path model = Path.of("");
  private byte[] made = new byte[0];

  @Override
  List<byte[]> whole() throws IOException {
    model = Files.createTempDirectory("nepenthe-fuzz-checkpoint");
    TinyFixture tiny = TinyFixture.trained();
    ModelFolder.write(model, tiny.model(), tiny.original(), SpecialIds.NONE);
    Safetensors.write(
        model.resolve(OPTIMIZER),
        Map.of("m", new Safetensors.Tensor(new long[] {1}, new float[1])));
    ObjectNode record = Json.mapper().createObjectNode();
    record.put("label", "math-noise seed 0").put("passes", 3).put("steps", 30L);
    record.putArray("losses").add(2.5).add(1.25);
    record.put("seconds", 1.5).put("key", "k");
    ObjectNode hashes = record.putObject("sha256");
    for (String name : List.of("config.json", "model.safetensors", OPTIMIZER)) {
      hashes.put(name, ContentHash.ofFile(model.resolve(name)));
    }
    record.putNull("extraSeconds");
    hashes.put(RECORD, ContentHash.of(Json.canonical(record)));
    made = Json.pretty(record).getBytes(StandardCharsets.UTF_8);
    return List.of(made);
  }

  @Override
  List<String> words() {
    return List.of("\"sha256\":", "\"passes\": 4", "\"key\":", "\"../x\":", "\"positionFactors\":");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_CHECKPOINT, ErrorCode.STORE_CORRUPT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    for (String name : List.of("config.json", "model.safetensors", OPTIMIZER)) {
      Files.createSymbolicLink(place.resolve(name), model.resolve(name));
    }
    Files.write(place.resolve(RECORD), file);
    Checkpoint read =
        CheckpointFolder.at(place)
            .orElseThrow(() -> new AssertionError("the record is passed over without a word"));
    Said.inJson(made, read.record());
  }
}
