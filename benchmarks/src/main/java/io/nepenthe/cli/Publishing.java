package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.report.ReportWriter;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.MergedRun;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.SelectionDocument;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Turns what a run has stored into summary and report. */
final class Publishing {
  private Publishing() {}

  /**
   * Writes {@code summary.json}, {@code selection.json} and the report folder, and returns what was
   * read.
   *
   * @param held the lock of the run's folder
   */
  static StoredRun publish(RunStore store, RunLock held) {
    Objects.requireNonNull(held);
    StoredRun read = RunReader.read(store);
    StoredRun run = read.withEnergy(RunMachines.account(store, read));
    store.putDocument("summary", run.summary());
    store.putDocument("selection", SelectionDocument.of(run));
    try {
      ReportWriter.write(run, page(store).getParent());
    } catch (IOException e) {
      throw cannotWrite(store.folder(), e);
    }
    return run;
  }

  /** Writes one report of several runs into a folder, and returns what was read. */
  static StoredRun merge(List<RunStore> stores, Path folder, Consumer<String> warnings) {
    MergedRun merged = MergedRun.read(stores, warnings);
    try {
      ReportWriter.write(merged, folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
    return merged.run();
  }

  private static NepentheException cannotWrite(Path folder, IOException cause) {
    return new NepentheException(
        ErrorCode.IO,
        "cannot write the report to "
            + folder
            + " ("
            + cause
            + "). The results are kept; 'nepenthe report' writes it again.",
        cause);
  }

  /** Returns where the report's page is. */
  static Path page(RunStore store) {
    return store.folder().resolve("report").resolve("index.html");
  }
}
