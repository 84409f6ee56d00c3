package io.nepenthe.report.html;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the machines of a page's results, and tells about each of them at its end. */
final class Machines {
  private final Map<Provenance, String> numbers = new LinkedHashMap<>();

  /** Returns a link to where the page tells about a machine. */
  Cell link(Provenance machine) {
    numbers.putIfAbsent(machine, Integer.toString(numbers.size() + 1));
    return Cell.text(numbers.get(machine)).linked("#provenance");
  }

  Table table() {
    Map<Provenance, String> names = new LinkedHashMap<>();
    numbers.forEach((machine, number) -> names.put(machine, "Machine " + number));
    return ProvenanceTables.machines(names);
  }
}
