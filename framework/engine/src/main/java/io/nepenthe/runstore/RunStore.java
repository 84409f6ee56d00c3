package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.nepenthe.checkpoint.AtomicFiles;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.suite.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The results of a run: one JSON file each, in one folder. Files appear whole or not at all. A
 * damaged one is reported, moved to {@code damaged/}, and counts as not measured.
 */
public final class RunStore {
  private static final JsonSchema TRIAL_SCHEMA = trialSchema();

  private final Path folder;
  private final Consumer<String> warnings;

  /**
   * Opens a run's folder.
   *
   * @param warnings receives one line per damaged file
   */
  public RunStore(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** Returns the run's folder. */
  public Path folder() {
    return folder;
  }

  /** Returns the id of a trial: readable words and a hash of everything that could change it. */
  public static String id(TrialIdentity identity) {
    return identity.task()
        + "_s"
        + identity.seed()
        + "_"
        + identity.method()
        + "_"
        + ContentHash.of(Json.canonical(identity)).substring(0, 12);
  }

  /** Makes the folders, or says in one line why it cannot. */
  public void create() {
    try {
      for (String part : List.of("trials", "originals", "timing")) {
        Files.createDirectories(folder.resolve(part));
      }
      Path probe = folder.resolve(".probe-" + UUID.randomUUID());
      Files.writeString(probe, "");
      Files.delete(probe);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to " + folder + " (" + e + "). Give --out a folder you may write to.",
          e);
    }
  }

  /** Writes a trial, checked against the published schema. */
  public void put(TrialResult trial) {
    Set<ValidationMessage> mistakes = TRIAL_SCHEMA.validate(Json.mapper().valueToTree(trial));
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException("trial " + trial.id() + " breaks its schema: " + mistakes);
    }
    write("trials", trial.id(), trial);
  }

  /** Writes a base measurement. */
  public void put(OriginalResult original) {
    write("originals", original.id(), original);
  }

  /** Writes a timing. */
  public void put(TimingResult timing) {
    write("timing", timing.task() + "_" + timing.method(), timing);
  }

  /** Removes a timing, so that it is taken again. */
  public void remove(TimingResult timing) {
    try {
      Files.deleteIfExists(
          folder.resolve("timing").resolve(timing.task() + "_" + timing.method() + ".json"));
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot remove a timing in " + folder, e);
    }
  }

  /** Writes what the run was. */
  public void put(RunInfo info) {
    write(".", "run", info);
  }

  /** Writes what the run used. */
  public void put(EnergyUse use) {
    write(".", "energy", use);
  }

  /** Writes any value as {@code name.json} of the run's folder. */
  public void putDocument(String name, Object value) {
    write(".", name, value);
  }

  private void write(String part, String name, Object value) {
    try {
      Files.createDirectories(folder.resolve(part));
      AtomicFiles.write(folder.resolve(part).resolve(name + ".json"), Json.pretty(value));
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write "
              + name
              + ".json to "
              + folder.resolve(part)
              + " ("
              + e
              + "). What was measured before is kept; free space or rights, then run again.",
          e);
    }
  }

  /** Returns the trial of an identity, if it is there and whole. */
  public Optional<TrialResult> trial(TrialIdentity identity) {
    Path file = folder.resolve("trials").resolve(id(identity) + ".json");
    return Files.exists(file) ? readTrial(file) : Optional.empty();
  }

  /** Returns every whole trial, by file name. */
  public List<TrialResult> trials() {
    return all("trials", this::readTrial);
  }

  /** Returns the base measurement of a task and seed, if it is there and whole. */
  public Optional<OriginalResult> original(String id) {
    Path file = folder.resolve("originals").resolve(id + ".json");
    return Files.exists(file) ? readOriginal(file) : Optional.empty();
  }

  /** Returns every whole base measurement, by file name. */
  public List<OriginalResult> originals() {
    return all("originals", this::readOriginal);
  }

  /** Returns every whole timing, by file name. */
  public List<TimingResult> timings() {
    return all(
        "timing",
        file ->
            read(file, TimingResult.class, timing -> TimingResult.SCHEMA.equals(timing.schema())));
  }

  /** Returns what the run used until now, if its {@code energy.json} is there and whole. */
  public Optional<EnergyUse> energy() {
    Path file = folder.resolve("energy.json");
    return Files.exists(file)
        ? read(file, EnergyUse.class, use -> EnergyUse.SCHEMA.equals(use.schema()))
        : Optional.empty();
  }

  /** Returns what the run was that is there, if its {@code run.json} is there and whole. */
  public Optional<RunInfo> found() {
    Path file = folder.resolve("run.json");
    return Files.isRegularFile(file)
        ? read(file, RunInfo.class, info -> RunInfo.SCHEMA.equals(info.schema()))
        : Optional.empty();
  }

  /** Returns what the run was. */
  public RunInfo info() {
    Path file = folder.resolve("run.json");
    if (!Files.isRegularFile(file)) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          folder + " holds no run: there is no run.json. Give the --out folder of a run.");
    }
    return found()
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.STORE_CORRUPT,
                    file
                        + " was damaged and set aside; start the run again, nothing is measured"
                        + " twice."));
  }

  /**
   * Returns the ids of the trials the run's plan holds, empty while it is not known: trials of
   * older plugins may lie in the same folder.
   */
  public Optional<Set<String>> plannedTrials() {
    Path file = folder.resolve("plan.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return read(file, JsonNode.class, plan -> plan.path("trials").isArray())
        .map(
            plan -> {
              Set<String> ids = new TreeSet<>();
              plan.path("trials").forEach(id -> ids.add(id.asText()));
              return ids;
            });
  }

  private Optional<TrialResult> readTrial(Path file) {
    return read(
        file,
        TrialResult.class,
        trial ->
            trial.id().equals(id(trial.identity()))
                && file.getFileName().toString().equals(trial.id() + ".json"));
  }

  private Optional<OriginalResult> readOriginal(Path file) {
    return read(
        file,
        OriginalResult.class,
        original ->
            OriginalResult.SCHEMA.equals(original.schema())
                && file.getFileName().toString().equals(original.id() + ".json"));
  }

  private <T> List<T> all(String part, java.util.function.Function<Path, Optional<T>> reader) {
    Path place = folder.resolve(part);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    List<T> values = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches("[^.].*\\.json")) {
          reader.apply(file).ifPresent(values::add);
        }
      }
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot list " + place + " (" + e + ")", e);
    }
    return values;
  }

  private <T> Optional<T> read(Path file, Class<T> type, Predicate<T> belongs) {
    try {
      JsonNode json = Json.mapper().readTree(file.toFile());
      if (type == TrialResult.class) {
        Set<ValidationMessage> mistakes = TRIAL_SCHEMA.validate(json);
        if (!mistakes.isEmpty()) {
          return setAside(file, mistakes.iterator().next().getMessage());
        }
      }
      T value = Json.mapper().treeToValue(json, type);
      return value != null && belongs.test(value)
          ? Optional.of(value)
          : setAside(file, "its content does not belong to its name or schema");
    } catch (IOException | RuntimeException e) {
      return setAside(file, e.toString().lines().findFirst().orElse("unreadable"));
    }
  }

  private <T> Optional<T> setAside(Path file, String why) {
    Path aside = folder.resolve("damaged").resolve(UUID.randomUUID() + "-" + file.getFileName());
    try {
      Files.createDirectories(aside.getParent());
      Files.move(file, aside);
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.STORE_CORRUPT, "cannot set aside " + file, e);
    }
    warnings.accept(
        "result file "
            + file
            + " is damaged ("
            + why
            + "); set aside as "
            + aside
            + ", what it held counts as not measured");
    return Optional.empty();
  }

  private static JsonSchema trialSchema() {
    try (InputStream in = RunStore.class.getResourceAsStream("trial-1.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
