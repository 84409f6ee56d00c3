package io.nepenthe.report.html;

import io.nepenthe.provenance.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the machines of a page's results, and tells about each of them at its end. */
final class Machines {
  private final Map<Provenance, String> numbers = new LinkedHashMap<>();

  /** Returns a link to where the page tells about a machine. */
  String link(Provenance machine) {
    numbers.putIfAbsent(machine, Integer.toString(numbers.size() + 1));
    return Html.link("#provenance", numbers.get(machine));
  }

  String section() {
    Map<Provenance, String> names = new LinkedHashMap<>();
    numbers.forEach((machine, number) -> names.put(machine, "Machine " + number));
    return Html.section("provenance", "Provenance", HtmlProvenance.table(names));
  }
}
