package io.nepenthe.report.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row is about.
 *
 * @param cell its name
 * @param kind of method, as printed; empty if the row is about none
 * @param look of the method in the charts; null if it has none
 * @param id by which links lead to the row; empty if none do
 */
public record RowHead(Cell cell, String kind, @Nullable MethodLook look, String id) {
  static RowHead of(Cell cell) {
    return new RowHead(cell, "", null, "");
  }

  static RowHead of(MethodView method) {
    return of(method, List.of());
  }

  /** Returns a head with the marks of what concerns the whole row. */
  static RowHead of(MethodView method, List<String> marks) {
    Cell name = Cell.text(method.label()).marked(marks);
    return new RowHead(name, method.group(), method.look(), "");
  }
}
