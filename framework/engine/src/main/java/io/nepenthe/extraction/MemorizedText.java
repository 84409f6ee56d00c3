package io.nepenthe.extraction;

import ai.djl.ndarray.NDManager;
import io.nepenthe.corpus.Documents;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.tensor.Torch;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the windows of a corpus that a model has memorized, and writes them, in the order of the
 * corpus, as lines of JSON. Memory does not grow with the corpus, only with what is found. What was
 * found lies beside the file until all is done; the same search goes on from there, and ends with
 * the same bytes.
 */
public final class MemorizedText {
  private final Search search;
  private final boolean keepsAll;
  private final Path out;

  /**
   * Prepares a search.
   *
   * @param keepsAll whether windows that are much like an earlier one are written, too
   * @param out the file to write, which is not there
   */
  public MemorizedText(Search search, boolean keepsAll, Path out) {
    this.search = search;
    this.keepsAll = keepsAll;
    this.out = out;
  }

  /** Returns the file that holds what an unfinished search has found. */
  public static Path unfinished(Path out) {
    return out.resolveSibling(out.getFileName() + ".part");
  }

  /** Hears how much of the corpus is read. */
  @FunctionalInterface
  public interface Listener {
    /** Takes bytes read, and about how many there are. */
    void read(long bytes, long of);
  }

  /**
   * Searches a corpus; call it without gradients.
   *
   * @param identity of the model, in words that differ between models
   * @param encoding of the corpus; null if it holds ids
   */
  public Summary find(
      LanguageModel model,
      Parameters parameters,
      String identity,
      Documents documents,
      @Nullable TextEncoding encoding,
      NDManager manager,
      Listener listener) {
    requireFits(model);
    String all = Json.line(List.of(search, identity, documents.state(), identityOf(encoding)));
    try (FindsFile finds = FindsFile.open(unfinished(out), all)) {
      WindowJudge judge = new WindowJudge(model, parameters, search, manager, encoding);
      long before = finds.windows();
      long[] seen = {0};
      long bytes = documents.bytes();
      long start = System.nanoTime();
      WindowCutter cutter =
          new WindowCutter(
              search,
              model.vocabulary(),
              (windows, bytesRead) -> {
                seen[0] += windows.size();
                if (seen[0] > before) {
                  finds.add(windows.size(), judged(judge, windows));
                }
                listener.read(bytesRead, Math.max(bytesRead, bytes));
              });
      documents.forEach(cutter);
      cutter.end();
      double seconds = (System.nanoTime() - start) / 1e9;
      Summary summary = write(finds, cutter, (seen[0] - before) / seconds);
      finds.remove();
      return summary;
    } catch (IOException e) {
      throw FindsFile.cannotWrite(out, e);
    }
  }

  private static String identityOf(@Nullable TextEncoding encoding) {
    return encoding == null ? "" : encoding.identity();
  }

  private static WindowJudge.Verdict judged(WindowJudge judge, List<CorpusWindow> windows) {
    WindowJudge.Verdict[] verdict = new WindowJudge.Verdict[1];
    Torch.withGradients(false, () -> verdict[0] = judge.judge(windows));
    return verdict[0];
  }

  private void requireFits(LanguageModel model) {
    if (search.length() > model.positions()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "--prompt and --compare are "
              + search.length()
              + " tokens together; the model reads "
              + model.positions()
              + ".");
    }
  }

  private Summary write(FindsFile finds, WindowCutter cutter, double windowsPerSecond)
      throws IOException {
    Choice choice = Choice.of(finds, keepsAll);
    AtomicFiles.write(
        out,
        part -> {
          try (BufferedWriter lines = Files.newBufferedWriter(part)) {
            int[] next = {0};
            finds.forEach(
                found -> {
                  int row = next[0]++;
                  if (choice.isKept(row)) {
                    Found told = found.standingFor(choice.copies(row), choice.alike(row));
                    lines.write(Json.line(told) + "\n");
                  }
                });
          }
        });
    return new Summary(
        finds.windows(),
        cutter.documents(),
        cutter.tooShort(),
        choice.exact(),
        choice.near(),
        finds.trivial(),
        choice.leftOut(),
        windowsPerSecond * search.length());
  }

  /**
   * What came of a search.
   *
   * @param windows of the corpus
   * @param documents of the corpus
   * @param tooShort documents without a window
   * @param exact memorized windows that are written
   * @param near nearly memorized windows that are written
   * @param trivial others that are memorized, and say too little
   * @param duplicates others that are much like one that is written
   * @param tokensPerSecond tokens of windows read in a second, by this process
   */
  public record Summary(
      long windows,
      long documents,
      long tooShort,
      int exact,
      int near,
      long trivial,
      int duplicates,
      double tokensPerSecond) {}
}
