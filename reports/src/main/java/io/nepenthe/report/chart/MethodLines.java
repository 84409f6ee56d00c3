package io.nepenthe.report.chart;

import io.nepenthe.report.draw.OrderedLook;
import io.nepenthe.report.view.MethodView;
import java.awt.BasicStroke;
import java.util.List;

/** Lines of methods in one chart. */
final class MethodLines {
  private MethodLines() {}

  /** Returns the line of the i-th of these methods: lines of one colour differ in their dashes. */
  static BasicStroke stroke(List<MethodView> methods, int i) {
    long before =
        methods.stream()
            .limit(i)
            .filter(method -> method.look().hex().equals(methods.get(i).look().hex()))
            .count();
    return OrderedLook.stroke((int) before);
  }
}
