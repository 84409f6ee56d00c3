package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The results of a run: one sealed JSON file each, in one folder. Files appear whole or not at all.
 * A damaged one is reported and counts as not measured; who writes the run moves it to {@code
 * damaged/}, who only reads leaves it where it is. One of a newer program is left alone, and
 * refused; so is one of the first versions, which had no seal, unless it is asked for.
 */
public final class RunStore implements Results {
  private static final String TRIALS = "trials";
  private static final String ORIGINALS = "originals";
  private static final String TIMING = "timing";
  private static final String CHALLENGES = "challenges";
  private static final String TOP = ".";
  private static final String RUN = "run";

  private final Path folder;
  private final ResultFiles files;
  private final StoredDefinition run;

  /**
   * Opens a run's folder.
   *
   * @param warnings receives one line per damaged file
   */
  public RunStore(Path folder, Consumer<String> warnings) {
    this(folder, warnings, false);
  }

  private RunStore(Path folder, Consumer<String> warnings, boolean takesUnsealed) {
    this.folder = folder;
    this.files = new ResultFiles(folder, warnings, takesUnsealed);
    this.run = new StoredDefinition(folder, files, files.file(TOP, RUN));
  }

  /**
   * Opens a run's folder to read what is there, whether it has a seal or is of a version that had
   * none.
   *
   * @param warnings receives one line per damaged file, and per kind of file without a seal
   */
  public static RunStore allowingOld(Path folder, Consumer<String> warnings) {
    return new RunStore(folder, warnings, true);
  }

  /** Returns the run's folder. */
  public Path folder() {
    return folder;
  }

  /** Returns the damaged files among those read so far and left where they are, sorted. */
  public List<String> damaged() {
    return files.damaged();
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

  /**
   * Makes the folders of a run that is to be written: from now on, damaged files are set aside.
   *
   * @throws NepentheException with IO, in one line, if the folder cannot be written or holds
   *     something else
   */
  public void create() {
    new RunFolder(folder).claim();
    files.setDamagedAside(List.of(TRIALS, ORIGINALS, TIMING, CHALLENGES, TOP));
    try {
      for (String part : List.of(TRIALS, ORIGINALS, TIMING)) {
        Folders.make(folder.resolve(part));
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
  @Override
  public void put(TrialResult trial) {
    files.write(TRIALS, trial.id(), published("trial " + trial.id(), trial));
  }

  private static ObjectNode published(String what, Object value) {
    ObjectNode json = SealedJson.seal(value);
    ResultSchema.mistake(json)
        .ifPresent(
            mistake -> {
              throw new IllegalStateException(what + " breaks its schema: " + mistake);
            });
    return json;
  }

  /** Writes a base measurement. */
  @Override
  public void put(OriginalResult original) {
    files.write(ORIGINALS, original.id(), SealedJson.seal(original));
  }

  /** Writes a timing; what was measured before of the same task and method is replaced. */
  public void put(TimingResult timing) {
    files.write(TIMING, name(timing), SealedJson.seal(timing));
  }

  /** Writes what challenges left; what was measured before of the same subject is replaced. */
  public void put(ChallengeResult challenged) {
    files.write(CHALLENGES, challenged.id(), SealedJson.seal(challenged));
    files.deleteLike(CHALLENGES, challenged.stem(), challenged.id());
  }

  /**
   * Moves a timing to {@code timing/other-machines/}, where no table reads it, so that its method
   * is timed anew. What already lies there stays.
   */
  public void keepAside(TimingResult timing) {
    files.moveAside(TIMING, name(timing), Path.of("other-machines", folderOf(timing)));
  }

  private static String name(TimingResult timing) {
    return timing.task() + "_" + timing.method();
  }

  private static String folderOf(TimingResult timing) {
    return timing.provenance().host().replaceAll("[^A-Za-z0-9-]", "_");
  }

  /** Writes what the run is, checked against the published schema. */
  public void put(RunFile run) {
    files.write(TOP, RUN, published("run " + run.suite().name(), run));
  }

  /** Writes what the run is to hold. */
  public void put(PlannedTrials plan) {
    files.write(TOP, "plan", SealedJson.seal(plan));
  }

  /** Writes what the run used. */
  public void put(EnergyUse use) {
    files.write(TOP, "energy", SealedJson.seal(use));
  }

  /** Writes what can be computed again from the rest, as {@code name.json} of the run's folder. */
  public void putDocument(String name, Object value) {
    files.write(TOP, name, value);
  }

  /** Returns the trial of an identity, if it is there and whole. */
  @Override
  public Optional<TrialResult> trial(TrialIdentity identity) {
    return readTrial(files.file(TRIALS, id(identity)));
  }

  /** Returns every whole trial, by file name. */
  public List<TrialResult> trials() {
    return files.all(TRIALS, this::readTrial);
  }

  /** Returns the base measurement of a task and seed, if it is there and whole. */
  @Override
  public Optional<OriginalResult> original(String id) {
    return readOriginal(files.file(ORIGINALS, id));
  }

  /** Returns every whole base measurement, by file name. */
  public List<OriginalResult> originals() {
    return files.all(ORIGINALS, this::readOriginal);
  }

  /** Returns every whole timing, by file name. */
  public List<TimingResult> timings() {
    return files.all(
        TIMING,
        file ->
            files.read(
                file,
                TimingResult.class,
                timing -> TimingResult.canRead(timing.schema()),
                timing -> isNamed(file, name(timing))));
  }

  /** Returns what challenges left of a subject, if it is there and whole. */
  public Optional<ChallengeResult> challenge(String id) {
    return readChallenge(files.file(CHALLENGES, id));
  }

  /** Returns every whole result of challenges, by file name. */
  public List<ChallengeResult> challenges() {
    return files.all(CHALLENGES, this::readChallenge);
  }

  private Optional<ChallengeResult> readChallenge(Path file) {
    return files.read(
        file,
        ChallengeResult.class,
        challenged -> ChallengeResult.SCHEMA.equals(challenged.schema()),
        challenged -> isNamed(file, challenged.id()));
  }

  /** Returns what the run used until now, if its {@code energy.json} is there and whole. */
  public Optional<EnergyUse> energy() {
    return files.read(
        files.file(TOP, "energy"),
        EnergyUse.class,
        use -> EnergyUse.SCHEMA.equals(use.schema()),
        use -> true);
  }

  /** Returns what the run was that is there, if its {@code run.json} is there and whole. */
  public Optional<RunInfo> found() {
    return run.found();
  }

  /**
   * Reads what a run is going to replace, so that nothing of a newer program is.
   *
   * @throws NepentheException with STORE_CORRUPT if something there was made by one
   */
  public void refuseNewer() {
    plannedTrials();
    energy();
    timings();
    challenges();
  }

  /** Returns what the run was. */
  public RunInfo info() {
    return run.info();
  }

  /**
   * Returns all that the run holds of its definition.
   *
   * @throws NepentheException with BAD_USAGE if it is of a schema that holds none
   */
  public RunFile definition() {
    return run.definition();
  }

  /**
   * Returns the ids of the trials of a run that does not hold its definition, empty where they are
   * not known: trials of older plugins may lie in the same folder.
   */
  public Optional<Set<String>> plannedTrials() {
    return files.read(files.file(TOP, "plan"), OldPlan::read, plan -> true).flatMap(OldPlan::ids);
  }

  private Optional<TrialResult> readTrial(Path file) {
    return files.read(
        file,
        json ->
            ResultContent.checked(
                ResultContent.published(json, TrialResult.class), ScoreChecks::mistake),
        trial -> trial.id().equals(id(trial.identity())) && isNamed(file, trial.id()));
  }

  private Optional<OriginalResult> readOriginal(Path file) {
    return files.read(
        file,
        OriginalResult.class,
        OriginalResult::hasKnownSchema,
        ScoreChecks::mistake,
        original -> isNamed(file, original.id()));
  }

  private static boolean isNamed(Path file, String name) {
    return file.getFileName().toString().equals(name + ".json");
  }
}
