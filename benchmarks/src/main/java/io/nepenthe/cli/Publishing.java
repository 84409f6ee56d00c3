package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.report.ReportWriter;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.selection.RunReader;
import io.nepenthe.selection.SelectionDocument;
import io.nepenthe.selection.StoredRun;
import java.io.IOException;
import java.nio.file.Path;

/** Turns what a run has stored into summary and report. */
final class Publishing {
  private Publishing() {}

  /**
   * Writes {@code summary.json}, {@code selection.json} and the report folder, and returns what was
   * read.
   */
  static StoredRun publish(RunStore store) {
    StoredRun read = RunReader.read(store);
    StoredRun run = read.withEnergy(RunMachines.account(store, read));
    store.putDocument("summary", run.summary());
    store.putDocument("selection", SelectionDocument.of(run));
    try {
      ReportWriter.write(run, page(store).getParent());
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write the report to "
              + store.folder()
              + " ("
              + e
              + "). The results are kept; 'nepenthe report' writes it again.",
          e);
    }
    return run;
  }

  /** Returns where the report's page is. */
  static Path page(RunStore store) {
    return store.folder().resolve("report").resolve("index.html");
  }
}
