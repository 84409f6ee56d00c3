package io.nepenthe.run;

import io.nepenthe.worker.BadAnswerException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The grid points that a worker was asked for; each is to be answered once. */
final class AskedPoints {
  private final List<Map<String, Number>> points;
  private final Set<Integer> answered = new HashSet<>();

  AskedPoints(List<Map<String, Number>> points) {
    this.points = List.copyOf(points);
  }

  /**
   * Returns the point that an answer is of, which counts as answered.
   *
   * @throws BadAnswerException if there is none, or if it was answered before
   */
  Map<String, Number> answered(int point) {
    if (point < 0 || point >= points.size()) {
      throw new BadAnswerException("the worker answered what it was not asked: point " + point);
    }
    if (!answered.add(point)) {
      throw new BadAnswerException("the worker answered twice for " + points.get(point));
    }
    return points.get(point);
  }

  boolean anyAnswered() {
    return !answered.isEmpty();
  }

  List<Map<String, Number>> all() {
    return points;
  }

  /** Returns the points without an answer, in order. */
  List<Map<String, Number>> open() {
    List<Map<String, Number>> open = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (!answered.contains(i)) {
        open.add(points.get(i));
      }
    }
    return open;
  }
}
