package io.nepenthe.report.view;

import io.nepenthe.runstore.OriginalResult;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In what tasks of one suite may differ, as far as a run stores it. */
public enum TaskVariable {
  LAYERS("layers of the model", "%d layers", "\\S+ of (\\d+) layers"),
  ROWS("rows of each auxiliary task", "%,d rows", "others \\[[^\\]]*\\] with (\\d+)"),
  CHUNKS("chunks of text", "%,d chunks", "the first (\\d+)"),
  /** The moment of training; told by where the original model's curve ends. */
  PASSES("passes of training", "%d passes", "");

  private final String title;
  private final String format;
  private final Pattern inNote;

  TaskVariable(String title, String format, String inNote) {
    this.title = title;
    this.format = format;
    this.inNote = Pattern.compile(inNote);
  }

  /** Returns its name in file names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it is, for a sentence that begins "by". */
  public String title() {
    return title;
  }

  /** Returns a value with its unit. */
  public String words(int value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Returns the value of a task, empty where nothing stored tells it. */
  OptionalInt of(ReportModel report, String task) {
    if (this == PASSES) {
      return report.run().originals().stream()
          .filter(original -> original.task().equals(task))
          .map(OriginalResult::curve)
          .flatMap(Collection::stream)
          .mapToInt(OriginalResult.CurvePoint::pass)
          .max();
    }
    Matcher found = inNote.matcher(note(report, task));
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }

  /** Returns a task's note without the values of all traits: equal notes are of one family. */
  static String rest(ReportModel report, String task) {
    String rest = note(report, task);
    for (TaskVariable trait : values()) {
      if (trait != PASSES) {
        rest = trait.inNote.matcher(rest).replaceAll(trait.name());
      }
    }
    return rest;
  }

  private static String note(ReportModel report, String task) {
    return report.info().taskNotes().getOrDefault(task, "");
  }
}
