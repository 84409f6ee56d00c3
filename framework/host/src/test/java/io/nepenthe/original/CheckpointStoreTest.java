package io.nepenthe.original;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.training.OptimizerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStoreTest {
  private static final TrainingName TRAINING = seed(3);
  private static final LanguageModel MODEL =
      Architectures.paper().model(new ModelSize(11, 34, 16, 1, 2));

  private @TempDir Path cache;
  private final List<String> warnings = new ArrayList<>();
  private CheckpointStore store;

  @BeforeEach
  void open() {
    store = new CheckpointStore(cache, TRAINING, warnings::add);
  }

  private static float[] filled(float value) {
    float[] values = new float[(int) MODEL.layout().size()];
    Arrays.fill(values, value);
    return values;
  }

  private Checkpoint save(int passes) throws IOException {
    ResumeState state =
        new ResumeState(
            new OptimizerState(10L * passes, filled(-passes), filled(0.5f * passes)),
            Optional.of(new float[] {7}),
            Optional.empty());
    CheckpointRecord record =
        new CheckpointRecord(
            TRAINING.label(),
            passes,
            10L * passes,
            List.of(1.5),
            2,
            null,
            null,
            null,
            null,
            Map.of());
    return store.save(MODEL, SpecialIds.NONE, filled(passes), state, record);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(store.folder())) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void findsWhatWasSaved() throws IOException {
    Checkpoint saved = save(2);
    Checkpoint found = store.find(2).orElseThrow();
    assertEquals(saved, found);
    assertArrayEquals(filled(2), found.values());
    assertArrayEquals(filled(2), found.trainedValues());
    assertEquals(20, found.optimizer().steps());
    assertArrayEquals(filled(-2), found.optimizer().mean(0));
    assertArrayEquals(filled(1), found.optimizer().variance(0));
    assertArrayEquals(new float[] {7}, found.resumeState().hook().orElseThrow());
    assertEquals(Optional.empty(), store.find(1));
    assertFalse(store.mayHold(1));
  }

  @Test
  void theRecordHoldsAHashOfEveryFile() throws IOException {
    Checkpoint saved = save(1);
    try (Stream<Path> files = Files.list(saved.folder())) {
      assertEquals(
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          List.copyOf(saved.record().sha256().keySet()));
    }
  }

  @Test
  void theNewestHasTheMostPasses() throws IOException {
    assertEquals(Optional.empty(), store.newest());
    for (int passes : new int[] {3, 100_000, 20}) {
      save(passes);
    }
    assertEquals(100_000, store.newest().orElseThrow().record().passes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.safetensors", "optimizer.safetensors", "config.json", "training.json"})
  void aDamagedCheckpointIsSetAsideAndTheOneBeforeItUsed(String file) throws IOException {
    save(1);
    Path damaged = save(2).folder().resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(1, store.newest().orElseThrow().record().passes());
    assertFalse(store.mayHold(2));
    String aside = names().get(0);
    assertTrue(aside.startsWith("damaged-passes-00002-"), aside);
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("set aside as " + aside), warnings.get(0));
  }

  /** Reading fails, whoever the user is: no process holds what is at its address 0. */
  @Test
  void aFileThatTheSystemDoesNotHandOutIsNotDamaged() throws IOException {
    Path weights = save(1).folder().resolve("model.safetensors");
    Path kept = Files.move(weights, weights.resolveSibling("kept"));
    Files.createSymbolicLink(weights, Path.of("/proc/self/mem"));
    NepentheException e = assertThrows(NepentheException.class, () -> store.find(1));
    assertEquals(ErrorCode.IO, e.code());
    assertEquals(List.of(), warnings);
    Files.move(kept, weights, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(store.find(1).isPresent());
  }

  @Test
  void aRecordThatWasEditedIsDamaged() throws IOException {
    Path record = save(1).folder().resolve(CheckpointFolder.RECORD);
    Files.writeString(record, Files.readString(record).replace("1.5", "0.5"));
    assertEquals(Optional.empty(), store.find(1));
    assertTrue(warnings.get(0).contains("training.json is not what was written"), warnings.get(0));
  }

  @Test
  void aRecordWithoutAHashOfItsOwnIsDamaged() throws IOException {
    Checkpoint saved = save(1);
    Map<String, String> hashes = new TreeMap<>(saved.record().sha256());
    hashes.remove(CheckpointFolder.RECORD);
    Files.writeString(
        saved.folder().resolve(CheckpointFolder.RECORD),
        Json.pretty(saved.record().withHashes(hashes)));
    assertEquals(Optional.empty(), store.find(1));
    assertTrue(warnings.get(0).contains("training.json is not what was written"), warnings.get(0));
  }

  private static TrainingName seed(long seed) {
    return new TrainingName("key-of-" + seed, "task", seed, null);
  }

  private CheckpointStore misplaced(Path saved, TrainingName training, String name)
      throws IOException {
    CheckpointStore other = new CheckpointStore(cache, training, warnings::add);
    Files.createDirectories(other.folder());
    Files.move(saved, other.folder().resolve(name));
    return other;
  }

  @Test
  void aCheckpointOfAnotherSeedIsRefused() throws IOException {
    CheckpointStore other = misplaced(save(1).folder(), seed(4), "passes-00001");
    assertEquals(Optional.empty(), other.find(1));
    assertTrue(
        warnings
            .get(0)
            .contains("holds the model of task seed 3 after 1 passes, not that of task seed 4"),
        warnings.get(0));
  }

  @Test
  void aCheckpointOfAnotherTrainingOfTheSameNameIsRefused() throws IOException {
    TrainingName other = new TrainingName("another-key", "task", 3, null);
    assertEquals(TRAINING.label(), other.label());
    assertEquals(Optional.empty(), misplaced(save(1).folder(), other, "passes-00001").find(1));
  }

  @Test
  void aCheckpointOfAnotherPassIsRefused() throws IOException {
    assertEquals(Optional.empty(), misplaced(save(1).folder(), TRAINING, "passes-00002").find(2));
    assertTrue(warnings.get(0).contains("after 1 passes, not"), warnings.get(0));
  }

  /** As older programs wrote it: what it is of is told by its label alone. */
  private Path withoutKey(Checkpoint saved) throws IOException {
    Map<String, String> hashes = new TreeMap<>(saved.record().sha256());
    hashes.remove(CheckpointFolder.RECORD);
    CheckpointRecord old = saved.record().under(null).withHashes(hashes);
    hashes.put(CheckpointFolder.RECORD, ContentHash.of(Json.canonical(old)));
    Files.writeString(
        saved.folder().resolve(CheckpointFolder.RECORD), Json.pretty(old.withHashes(hashes)));
    return saved.folder();
  }

  @Test
  void anOlderCheckpointIsOfTheSeedItSays() throws IOException {
    Path old = withoutKey(save(1));
    assertTrue(store.find(1).isPresent());
    assertEquals(Optional.empty(), misplaced(old, seed(4), "passes-00001").find(1));
  }

  @Test
  void savingAgainReplaces() throws IOException {
    Path old = save(1).folder().resolve("old");
    Files.createFile(old);
    save(1);
    assertFalse(Files.exists(old));
    assertEquals(List.of("passes-00001"), names());
  }

  @Test
  void removesOnlyWhatItIsTold() throws IOException {
    save(1);
    save(2);
    Files.createDirectories(store.folder().resolve(".part-of-a-killed-process/deep"));
    store.removeParts();
    assertEquals(List.of("passes-00001", "passes-00002"), names());
    store.discard(1);
    assertEquals(List.of("passes-00002"), names());
  }

  @Test
  void aFolderOfAnyPlaceIsACheckpointIfAllToTrainOnIsThere() throws IOException {
    Checkpoint saved = save(1);
    assertEquals(Optional.of(saved), CheckpointFolder.at(saved.folder()));
    Files.delete(saved.folder().resolve(Checkpoint.OPTIMIZER));
    assertEquals(Optional.empty(), CheckpointFolder.at(saved.folder()));
  }

  @Test
  void aDamagedFolderOfAnyPlaceIsRefusedAndStaysWhereItIs() throws IOException {
    Path folder = save(1).folder();
    CheckpointFolder.requireIntact(folder);
    Files.delete(folder.resolve("config.json"));
    NepentheException refused =
        assertThrows(NepentheException.class, () -> CheckpointFolder.requireIntact(folder));
    assertEquals(ErrorCode.BAD_CHECKPOINT, refused.code());
    assertTrue(refused.getMessage().contains("config.json is missing"), refused.getMessage());
    assertTrue(store.mayHold(1));
    CheckpointFolder.requireIntact(cache);
  }

  @Test
  void aRecordWhoseHashesHaveAnotherNameIsDamagedAndNotAnotherProgramsFile() throws IOException {
    Path folder = save(1).folder();
    Path record = folder.resolve("training.json");
    Files.writeString(record, Files.readString(record).replace("\"sha256\"", "\"sha25\""));
    NepentheException refused =
        assertThrows(NepentheException.class, () -> CheckpointFolder.at(folder));
    assertEquals(ErrorCode.BAD_CHECKPOINT, refused.code());
    Files.delete(folder.resolve(Checkpoint.OPTIMIZER));
    assertEquals(Optional.empty(), CheckpointFolder.at(folder));
    CheckpointFolder.requireIntact(folder);
  }

  @Test
  void aRecordOfANewerProgramIsLeftAlone() throws IOException {
    Path file = save(2).folder().resolve("training.json");
    ObjectNode record = (ObjectNode) Json.mapper().readTree(file.toFile());
    ObjectNode hashes = (ObjectNode) record.path("sha256");
    hashes.remove("training.json");
    record.put("news", 1);
    hashes.put("training.json", ContentHash.of(Json.canonical(record)));
    Files.writeString(file, Json.pretty(record));
    NepentheException e = assertThrows(NepentheException.class, () -> store.find(2));
    assertEquals(ErrorCode.STORE_CORRUPT, e.code());
    assertTrue(e.getMessage().contains("made by a newer Nepenthe"), e.getMessage());
    assertEquals(List.of("passes-00002"), names());
    record.put("news", 2); // not what was written: damaged
    Files.writeString(file, Json.pretty(record));
    assertEquals(Optional.empty(), store.find(2));
    assertEquals(1, warnings.size());
  }

  @Test
  void aFolderInPlaceOfTheRecordIsDamage() throws IOException {
    Path file = save(2).folder().resolve("training.json");
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals(Optional.empty(), store.find(2));
    assertTrue(warnings.get(0).contains("is no file of its own"), warnings.toString());
  }
}
