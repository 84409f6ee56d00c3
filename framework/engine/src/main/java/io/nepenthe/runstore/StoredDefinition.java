package io.nepenthe.runstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a run's folder says of the run: its {@code run.json}, of this program or an older one. */
final class StoredDefinition {
  private final Path folder;
  private final ResultFiles files;
  private final Path run;

  StoredDefinition(Path folder, ResultFiles files, Path run) {
    this.folder = folder;
    this.files = files;
    this.run = run;
  }

  /** Returns what the run was, if its file is there and whole. */
  Optional<RunInfo> found() {
    return files.read(run, StoredDefinition::readInfo, info -> true);
  }

  /** Returns what the run was. */
  RunInfo info() {
    requireRun();
    return found().orElseThrow(this::runIsDamaged);
  }

  /**
   * Returns all that the run holds of its definition.
   *
   * @throws NepentheException with BAD_USAGE if it is of a schema that holds none
   */
  RunFile definition() {
    requireRun();
    Optional<RunFile> definition =
        files
            .read(
                run,
                json ->
                    OldRuns.isOld(json)
                        ? Optional.<RunFile>empty()
                        : Optional.of(readDefinition(json)),
                found -> true)
            .orElseThrow(this::runIsDamaged);
    return definition.orElseThrow(
        () ->
            new NepentheException(
                ErrorCode.BAD_USAGE,
                folder
                    + " holds a run of an older program, which did not keep its suite. Name the"
                    + " suite."));
  }

  private static RunInfo readInfo(JsonNode json) throws IOException {
    return OldRuns.isOld(json)
        ? OldRuns.read(SealedJson.opened(json))
        : readDefinition(json).info();
  }

  private static RunFile readDefinition(JsonNode json) throws IOException {
    return ResultContent.checked(
        ResultContent.published(json, RunFile.class), RunFile::impossibleGrid);
  }

  private void requireRun() {
    if (!Files.isRegularFile(run)) {
      throw noRun("there is no run.json");
    }
    try {
      if (!files.setsDamagedAside() && !new RunFolder(folder).holdsRun()) {
        throw noRun("its run.json is of another program");
      }
    } catch (IOException e) {
      throw ResultFiles.unreadable(run, e);
    }
  }

  private NepentheException noRun(String why) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        folder + " holds no run: " + why + ". Give the --out folder of a run.");
  }

  private NepentheException runIsDamaged() {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        run
            + " is damaged. Start the run again: it is written anew, and nothing is measured"
            + " twice.");
  }
}
