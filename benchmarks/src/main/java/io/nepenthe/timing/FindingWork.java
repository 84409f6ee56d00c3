package io.nepenthe.timing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.corpus.Documents;
import io.nepenthe.data.Sequences;
import io.nepenthe.extraction.MemorizedText;
import io.nepenthe.extraction.Search;
import io.nepenthe.files.Folders;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.LogitRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A search for memorized windows in a file of ids, and the bare pass over the same windows. */
final class FindingWork implements AutoCloseable {
  private static final int BATCH = 64;
  private static final double NEAR = 0.75;

  private final LanguageModel model;
  private final Parameters parameters;
  private final NDManager manager;
  private final Sequences windows;
  private final int prompt;
  private final Path folder;

  /** Writes the windows to a folder of its own. */
  FindingWork(
      LanguageModel model,
      Parameters parameters,
      NDManager manager,
      Sequences windows,
      int prompt) {
    this.model = model;
    this.parameters = parameters;
    this.manager = manager;
    this.windows = windows;
    this.prompt = prompt;
    try {
      folder = Files.createTempDirectory("windows");
      windows.writeCsv(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return folder.resolve("windows.csv");
  }

  /** Searches the file. */
  void find() {
    int compare = windows.length() - prompt;
    Search search =
        new Search(prompt, compare, compare, NEAR, NEAR, Search.distinctOf(compare), BATCH);
    Documents documents =
        Documents.of(
            file(),
            new Documents.Options(null, false),
            () -> {
              throw new IllegalStateException("ids need no tokenizer");
            });
    Path found = folder.resolve("found.jsonl");
    try {
      new MemorizedText(search, true, found)
          .find(model, parameters, "", documents, null, manager, (read, of) -> {});
      Files.delete(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Computes the logits that the search needs, and forgets them. */
  void bare() {
    int read = windows.length() - 1;
    for (int from = 0; from < windows.rows(); from += BATCH) {
      int to = Math.min(windows.rows(), from + BATCH);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray ids = PythiaWork.ids(windows.slice(from, to).leadingColumns(read), manager);
        logits(
            model
                .hiddenStates(parameters, ids, Tap.NONE)
                .reshape(to - from, read, model.width())
                .get(":, " + (prompt - 1) + ":")
                .reshape(-1, model.width()));
      }
    }
  }

  private void logits(NDArray states) {
    int rows = Math.toIntExact(states.getShape().get(0));
    int atOnce = LogitRows.atOnce(model.vocabulary(), states.getDevice());
    for (int row = 0; row < rows; row += atOnce) {
      model.logits(parameters, states.get(row + ":" + Math.min(rows, row + atOnce))).close();
    }
  }

  @Override
  public void close() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
