package io.nepenthe.worker;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.TaskData;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.Quirk;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The rows a method asks for, cut to the columns that training computes. */
final class NeededRows {
  private NeededRows() {}

  /** Returns what a method that takes part in training asks for; there is no forget set yet. */
  static Map<Need, Sequences> inTraining(Set<Need> needs, TaskData data, Set<Quirk> quirks) {
    return asked(needs, known(data, quirks), data.trainedLength(quirks));
  }

  /** Returns what a method that runs on a trained model asks for. */
  static Map<Need, Sequences> afterTraining(
      Set<Need> needs, TaskData data, Set<Quirk> quirks, int[] memorizedRows) {
    Map<Need, Sequences> known = known(data, quirks);
    known.put(Need.FORGET_SET, data.scored().artifacts().select(memorizedRows));
    return asked(needs, known, data.trainedLength(quirks));
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
