package io.nepenthe.worker;

import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.TaskData;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.Quirk;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The rows a method asks for, cut to the columns that training computes. */
final class NeededRows {
  private NeededRows() {}

  /** Returns what a method that takes part in training asks for; there is no forget set yet. */
  static Given inTraining(Set<Need> needs, TaskData data, Window window, Set<Quirk> quirks) {
    return Given.of(asked(needs, known(data, quirks), data.trainedLength(quirks)), window);
  }

  /** Returns what a method that runs on a trained model asks for. */
  static Given afterTraining(
      Set<Need> needs, TaskData data, Window window, Set<Quirk> quirks, int[] memorizedRows) {
    Map<Need, Sequences> known = known(data, quirks);
    known.put(Need.FORGET_SET, data.scored().artifacts().select(memorizedRows));
    int length = data.trainedLength(quirks);
    Map<Need, Sequences> rows = asked(needs, known, length);
    return rows.containsKey(Need.FORGET_SET)
        ? new Given(rows, windows(data.scored(), window, memorizedRows, length))
        : Given.of(rows, window);
  }

  /** Returns the windows in which rows are judged, as far as the rows go that a method is given. */
  private static Windows windows(ArtifactRows scored, Window task, int[] rows, int length) {
    return new Windows(
        task,
        Arrays.stream(rows)
            .mapToObj(scored.windows()::get)
            .map(window -> cut(window, length))
            .toList());
  }

  private static Window cut(Window window, int length) {
    return window.prompt() < length && length < window.end()
        ? new Window(window.prompt(), length - window.prompt())
        : window;
  }

  private static Map<Need, Sequences> known(TaskData data, Set<Quirk> quirks) {
    Map<Need, Sequences> known = new EnumMap<>(Need.class);
    known.put(Need.RETAIN_SET, data.retain(quirks));
    known.put(Need.TWINS, data.plantedTwins());
    known.put(Need.EXTRA, data.extra());
    return known;
  }

  private static Map<Need, Sequences> asked(
      Set<Need> needs, Map<Need, Sequences> known, int length) {
    known.keySet().retainAll(needs);
    known.replaceAll((need, rows) -> rows.leadingColumns(length));
    return known;
  }
}
