package io.nepenthe.report.chart;

import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Drawing;
import io.nepenthe.report.draw.Lettering;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.statistics.CriticalDifference;
import io.nepenthe.statistics.CriticalDifference.MeanRank;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws mean ranks on an axis, from each a line to its method's name, the better half's on the left
 * and the others' on the right, and bars between axis and names.
 */
final class CriticalDifferenceDrawing {
  private static final int WIDTH = 640;
  private static final int MARGIN = 12;
  private static final double LETTER = 6.8;
  private static final int LABEL_LENGTH = 24;

  /** Room for the mean rank that stands on a method's line. */
  private static final int NUMBER = 36;

  private static final int AXIS = 84;
  private static final int BAR_HEIGHT = 9;
  private static final int ROW_HEIGHT = 20;
  private static final double DOT = 2.4;

  /** Between bars in one line. */
  private static final double APART = 9;

  private static final int MOST_TICKS = 12;

  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

  private final Map<String, MethodView> views;
  private final String title;
  private final String explanation;
  private final List<MeanRank> methods;
  private final List<List<List<String>>> lines = new ArrayList<>();
  private final double left;
  private final double right;

  CriticalDifferenceDrawing(
      CriticalDifference diagram, Map<String, MethodView> views, String title, String explanation) {
    this.views = views;
    this.title = title;
    this.explanation = explanation;
    methods = diagram.methods();
    double names =
        methods.stream().mapToDouble(each -> LETTER * label(each.id()).length()).max().orElse(0);
    left = MARGIN + names + NUMBER;
    right = WIDTH - left;
    diagram.bars().forEach(this::arrange);
  }

  Drawing drawing() {
    return new Drawing(WIDTH, height(), this::draw);
  }

  /** Puts a bar into the first line that has room for it. */
  private void arrange(List<String> bar) {
    for (List<List<String>> line : lines) {
      if (line.stream()
          .allMatch(other -> end(other) + APART < start(bar) || end(bar) + APART < start(other))) {
        line.add(bar);
        return;
      }
    }
    lines.add(new ArrayList<>(List.of(bar)));
  }

  private double start(List<String> bar) {
    return x(rank(bar.get(0)));
  }

  private double end(List<String> bar) {
    return x(rank(bar.get(bar.size() - 1)));
  }

  private double rank(String id) {
    return methods.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow().rank();
  }

  private double x(double rank) {
    return left + (right - left) * (rank - 1) / (methods.size() - 1);
  }

  private String label(String id) {
    MethodView view = views.get(id);
    return ChartStyle.shorten(view == null ? id : view.label(), LABEL_LENGTH);
  }

  private int onLeft() {
    return (methods.size() + 1) / 2;
  }

  private double firstRow() {
    return AXIS + BAR_HEIGHT * (lines.size() + 1) + ROW_HEIGHT;
  }

  private int height() {
    return (int) Math.ceil(firstRow() + (onLeft() - 1) * ROW_HEIGHT + ROW_HEIGHT);
  }

  private void draw(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, height()));
    graphics.setPaint(ChartStyle.INK);
    graphics.setFont(BOLD);
    Lettering.centred(graphics, ChartStyle.shorten(title, 72), WIDTH / 2.0, 24);
    graphics.setFont(ChartStyle.PANEL);
    Lettering.centred(graphics, explanation, WIDTH / 2.0, 42);
    axis(graphics);
    for (int i = 0; i < methods.size(); i++) {
      method(graphics, i);
    }
    for (int line = 0; line < lines.size(); line++) {
      double y = AXIS + BAR_HEIGHT * (line + 1);
      lines.get(line).forEach(bar -> bar(graphics, bar, y));
    }
  }

  private void axis(Graphics2D graphics) {
    graphics.setStroke(new BasicStroke(1.2f));
    graphics.draw(new Line2D.Double(left, AXIS, right, AXIS));
    int step = (methods.size() - 1) / MOST_TICKS + 1;
    for (int rank = 1; rank <= methods.size(); rank++) {
      boolean isNamed = (rank - 1) % step == 0;
      graphics.draw(new Line2D.Double(x(rank), AXIS - (isNamed ? 5 : 3), x(rank), AXIS));
      if (isNamed) {
        Lettering.centred(graphics, Integer.toString(rank), x(rank), AXIS - 9);
      }
    }
    Lettering.endingAt(graphics, "best", left - 8, AXIS + 4);
    graphics.drawString("worst", (float) right + 8, AXIS + 4);
  }

  /** The better half's rows go down from the best, the others' down from the worst. */
  private void method(Graphics2D graphics, int i) {
    MeanRank method = methods.get(i);
    boolean isLeft = i < onLeft();
    double y = firstRow() + ROW_HEIGHT * (isLeft ? i : methods.size() - 1 - i);
    double x = x(method.rank());
    double outer = isLeft ? left - NUMBER : right + NUMBER;
    Path2D line = new Path2D.Double();
    line.moveTo(x, AXIS);
    line.lineTo(x, y);
    line.lineTo(outer, y);
    MethodView view = views.get(method.id());
    graphics.setPaint(view == null ? ChartStyle.INK : view.look().color());
    graphics.setStroke(new BasicStroke(1.1f));
    graphics.draw(line);
    graphics.setPaint(ChartStyle.INK);
    graphics.setFont(SMALL);
    String rank = Numbers.decimal(method.rank(), 1);
    if (isLeft) {
      graphics.drawString(rank, (float) outer + 3, (float) y - 3);
    } else {
      Lettering.endingAt(graphics, rank, outer - 3, y - 3);
    }
    graphics.setFont(ChartStyle.PANEL);
    if (isLeft) {
      Lettering.endingAt(graphics, label(method.id()), outer - 4, y + 4);
    } else {
      graphics.drawString(label(method.id()), (float) outer + 4, (float) y + 4);
    }
  }

  private void bar(Graphics2D graphics, List<String> bar, double y) {
    graphics.setPaint(ChartStyle.INK);
    graphics.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(new Line2D.Double(start(bar) - 2, y, end(bar) + 2, y));
    for (String method : bar) {
      double x = x(rank(method));
      graphics.fill(new Ellipse2D.Double(x - DOT - 1, y - DOT - 1, 2 * DOT + 2, 2 * DOT + 2));
      graphics.setPaint(Color.WHITE);
      graphics.fill(new Ellipse2D.Double(x - DOT + 1, y - DOT + 1, 2 * DOT - 2, 2 * DOT - 2));
      graphics.setPaint(ChartStyle.INK);
    }
  }
}
