package io.nepenthe.summary;

import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * How the results of a run and its plan agree.
 *
 * @param planned how many results the run is to hold
 * @param absent those that are not there
 * @param others how many results lie in its folder that are not of its plan
 * @param damaged files of results that are not what was written, sorted
 */
public record Completeness(int planned, List<Absent> absent, int others, List<String> damaged) {
  /** Of a run of which no plan is known, and that is all there. */
  public static final Completeness UNKNOWN = new Completeness(0, List.of(), 0, List.of());

  /** Copies the lists. */
  public Completeness {
    absent = List.copyOf(absent);
    damaged = List.copyOf(damaged);
  }

  /** Returns true if nothing is absent. */
  public boolean isComplete() {
    return absent.isEmpty();
  }

  /** Returns the note of a line of a table, with what is absent of that line. */
  String note(String note, String task, String method) {
    long lacking =
        absent.stream()
            .filter(each -> each.task().equals(task) && each.method().equals(method))
            .count();
    if (lacking == 0) {
      return note;
    }
    String words = Words.count(Math.toIntExact(lacking), "result") + " missing";
    return note.isEmpty() ? words : note + "; " + words;
  }

  /**
   * Returns what the user should be told: a line on what is absent, a line on what does not count.
   *
   * @param run what to call the run, like its folder
   */
  public List<String> inWords(String run) {
    List<String> lines = new ArrayList<>();
    if (others > 0) {
      lines.add(
          run
              + " also holds "
              + Words.count(others, "result")
              + " of another definition of its suite (task, seed, method, version of a plugin,"
              + " device, threads or protocol), or of other rows or models: they do not count.");
    }
    if (!absent.isEmpty()) {
      lines.add(
          run
              + " lacks "
              + absent.size()
              + " of the "
              + Words.count(planned, "result")
              + " that it is to hold (the first: "
              + (absent.get(0).isOriginal() ? "the original model of " : "")
              + absent.get(0).inWords()
              + "): its tables are of the rest. Run its suite again with the same --out folder, or"
              + " copy what is missing into it.");
    }
    return lines;
  }
}
