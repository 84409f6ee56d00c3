package io.nepenthe.report.view;

import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TaskInfo;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** In what tasks of one suite may differ and still be one family. */
public enum TaskVariable {
  LAYERS("layers of the model", "%d layers"),
  ROWS("rows of each auxiliary task", "%,d rows"),
  CHUNKS("chunks of text", "%,d chunks"),
  /** The moment of training of a model that is trained here. */
  PASSES("passes of training", "%d passes"),
  /** The moment of training of a model that was trained elsewhere. */
  STEPS("steps of training", "%,d steps");

  private final String title;
  private final String format;

  TaskVariable(String title, String format) {
    this.title = title;
    this.format = format;
  }

  /** Returns true if it tells how long a model was trained, and not which model it is. */
  boolean isMoment() {
    return this == PASSES || this == STEPS;
  }

  /** Returns the name of the axis of training that it is measured on. */
  public String axis() {
    return this == STEPS ? "Training (steps)" : "Training (passes over the data)";
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

  /** Returns the value of a task, empty where it has none or nothing stored tells it. */
  OptionalInt of(ReportModel report, String task) {
    TaskInfo info = report.info().task(task);
    return switch (this) {
      case LAYERS -> known(info.layers());
      case ROWS -> known(info.auxiliaryRows());
      case CHUNKS -> known(info.chunks());
      case PASSES -> info.model() == null ? passes(report, task) : OptionalInt.empty();
      case STEPS -> info.model() == null ? OptionalInt.empty() : known(moment(info));
    };
  }

  /** Returns what the definition says, else where the original model's curve ends. */
  private static OptionalInt passes(ReportModel report, String task) {
    Integer moment = moment(report.info().task(task));
    return moment != null
        ? OptionalInt.of(moment)
        : report.originals(task).stream()
            .map(OriginalResult::curve)
            .flatMap(Collection::stream)
            .mapToInt(OriginalResult.CurvePoint::pass)
            .max();
  }

  private static @Nullable Integer moment(TaskInfo info) {
    Long moment = info.moment();
    return moment == null ? null : (int) Math.min(moment, Integer.MAX_VALUE);
  }

  private static OptionalInt known(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
