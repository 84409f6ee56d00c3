package io.nepenthe.report.view;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a mark in a table stands for.
 *
 * @param mark as printed beside the numbers; empty if the text names them
 * @param text what it says of them
 */
public record Note(String mark, String text) {
  private static final List<Note> SIGNS =
      List.of(
          new Note(Cell.SWEEP, "Taken in the worker during the sweep, not by JMH."),
          new Note(
              Cell.SUSPICIOUS,
              "Cannot be right or looks like a slip in the paper; compared with nothing."),
          new Note(
              Cell.DESTROYED,
              "Destroyed: in at least nine of ten seeds so much of the utility is lost that the"
                  + " harmonic mean of forgetting and utility is below one half."),
          new Note(
              Cell.OVER_UNLEARNED, "Over-unlearned: the 95 % interval of the AUC lies below 0.5."));

  /** Returns what the marks of a table stand for, those that its caption does not explain. */
  public static List<Note> of(ReportModel report, Table table) {
    Set<String> marks = new LinkedHashSet<>();
    for (Table.Row row : table.rows()) {
      marks.addAll(row.head().cell().marks());
      row.cells().forEach(cell -> marks.addAll(cell.marks()));
    }
    marks.removeIf(mark -> isSign(mark) && table.caption().contains(mark));
    List<Note> notes = new ArrayList<>();
    report.footnotes().forEach(each -> notes.add(new Note(each.mark(), each.text())));
    notes.addAll(SIGNS);
    notes.removeIf(note -> !marks.contains(note.mark()));
    return notes;
  }

  /** Returns mark and text in one line. */
  public String line() {
    return (mark + " " + text).strip();
  }

  private static boolean isSign(String mark) {
    return SIGNS.stream().anyMatch(sign -> sign.mark().equals(mark));
  }
}
