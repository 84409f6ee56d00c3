package io.nepenthe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ShippedFilesTest {
  private static final PlannedUnit TRAINING =
      new PlannedUnit(0, "t seed 0", List.of("t_s0.json"), "key", List.of());

  @TempDir private Path folder;

  private Path file(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static byte[] sent(ShippedFiles files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(files);
    }
    return bytes.toByteArray();
  }

  private static ShippedFiles received(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (ShippedFiles) in.readObject();
    }
  }

  private void trained() throws IOException {
    file("run/originals/t_s0.json", "measured");
    file("run/originals/t_s1.json", "measured, too");
    file("run/trials/t_s0_zero.json", "trial");
    file("run/workers.log", "log");
    file("cache/checkpoints/key/passes-00001/model.safetensors", "weights");
    file("cache/checkpoints/key/passes-00002/model.safetensors", "more weights");
    file("cache/checkpoints/key/.part-1/model.safetensors", "half");
    file("cache/checkpoints/key/lock", "");
    file("cache/checkpoints/other/passes-00001/model.safetensors", "other weights");
  }

  @Test
  void resultsAndTheUnitsCheckpointArriveAsTheyWere() throws Exception {
    trained();
    byte[] bytes =
        sent(ShippedFiles.left(folder.resolve("run"), folder.resolve("cache"), TRAINING));
    received(bytes).write(folder.resolve("to/run"), folder.resolve("to/cache"));
    assertEquals(
        List.of(
            "cache/checkpoints/key/passes-00001/model.safetensors",
            "cache/checkpoints/key/passes-00002/model.safetensors",
            "run/originals/t_s0.json",
            "run/originals/t_s1.json",
            "run/trials/t_s0_zero.json"),
        files(folder.resolve("to")));
    assertEquals(
        "more weights",
        Files.readString(
            folder.resolve("to/cache/checkpoints/key/passes-00002/model.safetensors")));
  }

  @Test
  void othersStandOnItsModelAndHowThatWasMeasured() throws Exception {
    trained();
    ShippedFiles.made(folder.resolve("run"), folder.resolve("cache"), TRAINING)
        .write(folder.resolve("to/run"), folder.resolve("to/cache"));
    assertEquals(
        List.of(
            "cache/checkpoints/key/passes-00001/model.safetensors",
            "cache/checkpoints/key/passes-00002/model.safetensors",
            "run/originals/t_s0.json"),
        files(folder.resolve("to")));
  }

  @Test
  void aCheckpointThatIsThereStays() throws Exception {
    trained();
    file("to/cache/checkpoints/key/passes-00002/model.safetensors", "the same, in use");
    ShippedFiles.made(folder.resolve("run"), folder.resolve("cache"), TRAINING)
        .write(folder.resolve("to/run"), folder.resolve("to/cache"));
    assertEquals(
        "the same, in use",
        Files.readString(
            folder.resolve("to/cache/checkpoints/key/passes-00002/model.safetensors")));
  }

  @Test
  void whatWasChangedOnTheWayIsRefused() throws Exception {
    trained();
    byte[] bytes =
        sent(ShippedFiles.left(folder.resolve("run"), folder.resolve("cache"), TRAINING));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.indexOf("more weights")]++;
    IOException e =
        assertThrows(
            IOException.class,
            () -> received(bytes).write(folder.resolve("to/run"), folder.resolve("to/cache")));
    assertEquals(
        "checkpoints/key/passes-00002/model.safetensors is not what was sent", e.getMessage());
  }
}
