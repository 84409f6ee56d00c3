package io.nepenthe.report;

import io.nepenthe.provenance.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the machines of a page's results, and tells about each of them at its end. */
final class Machines {
  private final Map<Provenance, String> names = new LinkedHashMap<>();

  /** Returns a link to where the page tells about a machine. */
  String link(Provenance machine) {
    names.putIfAbsent(machine, "machine " + (names.size() + 1));
    return Html.link("#provenance", Html.text(names.get(machine)));
  }

  String section() {
    return Html.section("provenance", "Provenance", HtmlProvenance.table(names));
  }
}
