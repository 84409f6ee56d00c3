package io.nepenthe.challenge;

import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.TaskData;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a forget set, one of which is kept from a method.
 *
 * @param shown indices of the artifact rows that it is to make the model forget
 * @param kept indices of the others
 * @param data the task's rows, without what would show it these
 */
record ShownRows(List<Integer> shown, List<Integer> kept, TaskData data) {
  /**
   * Deals the rows that the original model reproduces, at least two.
   *
   * @param share of them that is kept; one at least, and not all
   */
  static ShownRows of(TaskSeed place, double share) {
    List<Integer> memorized = place.memorizedRows();
    int rows = memorized.size();
    int[] order = RandomStreams.permutation(rows, place.random("reach/forget-set"));
    int count = Math.max(1, Math.min(rows - 1, (int) Math.round(share * rows)));
    List<Integer> kept = part(memorized, Arrays.copyOf(order, count));
    List<Integer> shown = part(memorized, Arrays.copyOfRange(order, count, rows));
    return new ShownRows(shown, kept, without(place, kept, share));
  }

  private static List<Integer> part(List<Integer> memorized, int... chosen) {
    return Arrays.stream(chosen).mapToObj(memorized::get).sorted().toList();
  }

  /**
   * Planted rows that are kept go, with their twins; where those that are judged are not planted,
   * as of backdoors, as large a share of the planted ones.
   */
  private static TaskData without(TaskSeed place, List<Integer> kept, double share) {
    TaskData data = place.data();
    int[] rows = kept.stream().mapToInt(Integer::intValue).toArray();
    RowSet hidden = new RowSet(data.scored().artifacts().select(rows));
    int planted = data.planted().rows();
    int[] left = hidden.among(data.planted(), false);
    if (left.length == planted) {
      int[] order = RandomStreams.permutation(planted, place.random("reach/planted"));
      left = Arrays.stream(order).skip(Math.round(share * planted)).sorted().toArray();
    }
    return new TaskData(
        data.train(),
        data.planted().select(left),
        data.plantedTwins().select(left),
        data.extra(),
        data.retained(),
        data.scored(),
        data.tests(),
        data.padding());
  }
}
