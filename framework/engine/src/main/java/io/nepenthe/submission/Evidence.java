package io.nepenthe.submission;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.json.Json;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.PlannedTrials;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.StrictResults;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of an archive, each read strictly.
 *
 * @param run its definition
 * @param plan what it says it is to hold
 * @param originals in the archive's order
 * @param trials in the archive's order
 * @param timings in the archive's order
 * @param challenges in the archive's order
 */
record Evidence(
    RunFile run,
    PlannedTrials plan,
    List<OriginalResult> originals,
    List<TrialResult> trials,
    List<TimingResult> timings,
    List<ChallengeResult> challenges) {
  /** Returns what is there; empty if anything is not what was written, or of another schema. */
  static Optional<Evidence> read(SubmissionArchive archive, Findings findings) {
    Reading reading = new Reading(archive, findings);
    RunFile run = reading.one("run", RunFile.class, RunFile.SCHEMA);
    PlannedTrials plan = reading.one("plan", PlannedTrials.class, "nepenthe-plan/3");
    List<OriginalResult> originals =
        reading.all("originals", OriginalResult.class, OriginalResult.SCHEMA, OriginalResult::id);
    List<TrialResult> trials =
        reading.all("trials", TrialResult.class, TrialResult.SCHEMA, Evidence::idOf);
    List<TimingResult> timings =
        reading.all(
            "timing",
            TimingResult.class,
            TimingResult.SCHEMA,
            each -> each.task() + "_" + each.method());
    List<ChallengeResult> challenges =
        reading.all(
            "challenges", ChallengeResult.class, ChallengeResult.SCHEMA, ChallengeResult::id);
    if (reading.has("energy")) {
      reading.one("energy", EnergyUse.class, EnergyUse.SCHEMA);
    }
    findings.pass(Rule.SEALS, reading.files + " files are as they were sealed");
    findings.pass(Rule.SCHEMA, reading.files + " files are of the schemas of this version");
    return run == null || plan == null || findings.anyFailed(Rule.SEALS, Rule.SCHEMA)
        ? Optional.empty()
        : Optional.of(new Evidence(run, plan, originals, trials, timings, challenges));
  }

  private static String idOf(TrialResult trial) {
    String id = RunStore.id(trial.identity());
    return trial.id().equals(id) ? id : "'" + trial.id() + "' (its identity is " + id + ")";
  }

  private static final class Reading {
    private final SubmissionArchive archive;
    private final Findings findings;
    private int files;

    Reading(SubmissionArchive archive, Findings findings) {
      this.archive = archive;
      this.findings = findings;
    }

    boolean has(String name) {
      return archive.bytes(ArchivePaths.RUN + name + ".json").isPresent();
    }

    <T> @Nullable T one(String name, Class<T> type, String schema) {
      return read(ArchivePaths.RUN + name + ".json", type, schema);
    }

    <T> List<T> all(String part, Class<T> type, String schema, Function<T, String> id) {
      List<T> values = new ArrayList<>();
      String folder = ArchivePaths.RUN + part + "/";
      for (PackedFile file : archive.contents()) {
        if (file.path().startsWith(folder)) {
          T value = read(file.path(), type, schema);
          if (value == null) {
            continue;
          }
          values.add(value);
          if (!file.path().equals(folder + id.apply(value) + ".json")) {
            findings.fail(
                Rule.SCHEMA,
                file.path() + " holds " + id.apply(value) + ", which does not belong to its name");
          }
        }
      }
      return values;
    }

    private <T> @Nullable T read(String path, Class<T> type, String schema) {
      Optional<byte[]> bytes = archive.bytes(path);
      if (bytes.isEmpty()) {
        findings.fail(Rule.SCHEMA, path + " is not there");
        return null;
      }
      files++;
      try {
        JsonNode json = Json.mapper().readTree(bytes.get());
        if (!StrictResults.isIntact(json)) {
          findings.fail(Rule.SEALS, path + " is not what was sealed, or was never sealed");
          return null;
        }
        return StrictResults.read(json, type, schema);
      } catch (IOException | RuntimeException e) {
        findings.fail(Rule.SCHEMA, path + ": " + Words.line(e.getMessage()));
        return null;
      }
    }
  }
}
