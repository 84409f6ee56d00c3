package io.nepenthe.extraction;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.EditDistance;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.task.TextEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides which windows are memorized: by one pass, and greedy decoding of near misses. */
final class WindowJudge {
  private final Search search;
  private final ForcedPass pass;
  private final GreedyDecoder decoder;
  private final NDManager manager;
  private final @Nullable TextEncoding encoding;

  WindowJudge(
      LanguageModel model,
      Parameters parameters,
      Search search,
      NDManager manager,
      @Nullable TextEncoding encoding) {
    this.search = search;
    this.pass = new ForcedPass(model, parameters, search, manager);
    this.decoder = new GreedyDecoder(model, parameters);
    this.manager = manager;
    this.encoding = encoding;
  }

  /**
   * What was found in a batch.
   *
   * @param found memorized windows, in their order
   * @param trivial how many others are memorized, and say too little
   */
  record Verdict(List<Found> found, int trivial) {}

  /** Judges a batch; call it without gradients. */
  Verdict judge(List<CorpusWindow> windows) {
    List<ForcedPass.Candidate> candidates =
        pass.candidates(windows.stream().map(window -> window.ids).toList());
    Map<Integer, int[]> written = written(windows, candidates);
    List<Found> found = new ArrayList<>();
    int trivial = 0;
    for (ForcedPass.Candidate candidate : candidates) {
      CorpusWindow window = windows.get(candidate.row());
      int[] compared = window.compared(search.prompt());
      int[] decoded = written.getOrDefault(candidate.row(), compared);
      double similarity = EditDistance.similarity(decoded, compared);
      if (similarity < search.near()) {
        continue;
      }
      if (saysTooLittle(compared) || saysTooLittle(decoded)) {
        trivial++;
        continue;
      }
      found.add(Found.of(window, search, similarity, candidate.logProbability(), text(window)));
    }
    return new Verdict(found, trivial);
  }

  /** Returns what greedy decoding writes in the place of candidates that are not exact. */
  private Map<Integer, int[]> written(
      List<CorpusWindow> windows, List<ForcedPass.Candidate> candidates) {
    List<ForcedPass.Candidate> open =
        candidates.stream().filter(candidate -> !candidate.isExact()).toList();
    Map<Integer, int[]> written = new HashMap<>();
    if (open.isEmpty()) {
      return written;
    }
    List<int[]> prompts =
        open.stream()
            .map(each -> Arrays.copyOf(windows.get(each.row()).ids, search.prompt()))
            .toList();
    Sequences rows =
        decoder.continueRows(Sequences.of(search.prompt(), prompts), search.compare(), -1, manager);
    for (int i = 0; i < open.size(); i++) {
      written.put(open.get(i).row(), rows.row(i));
    }
    return written;
  }

  /** Returns what a window says, where its ids are ones that the tokenizer has. */
  private @Nullable String text(CorpusWindow window) {
    return encoding == null || Arrays.stream(window.ids).anyMatch(id -> id >= encoding.size())
        ? null
        : encoding.decode(window.ids);
  }

  private boolean saysTooLittle(int[] tokens) {
    return Arrays.stream(tokens).distinct().count() < search.distinct();
  }
}
