package io.nepenthe.report.view;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Addresses of the pages that list the trials behind the numbers, one for each method on each task,
 * seen from {@code index.html}.
 */
public final class TrialPages {
  /** The folder of these pages, beside {@code index.html}. */
  public static final String FOLDER = "trials";

  private TrialPages() {}

  /** Returns the name of the page's file, empty if nothing is stored for it to list. */
  public static Optional<String> file(ReportModel report, String task, MethodView method) {
    boolean stored =
        method.isOriginal()
            ? !report.originals(task).isEmpty()
            : !report.trials(task, method).isEmpty();
    String name = method.id().replaceAll("[^A-Za-z0-9-]", "-");
    return stored ? Optional.of(report.slug(task) + "_" + name + ".html") : Optional.empty();
  }

  /** Returns the address of the page, empty if there is none. */
  public static String link(ReportModel report, String task, MethodView method) {
    return file(report, task, method).map(file -> FOLDER + "/" + file).orElse("");
  }

  /** Returns the end of a trial's id, linked to its line on the page. */
  public static Cell trial(ReportModel report, String task, MethodView method, String id) {
    String page = link(report, task, method);
    return shortened(id).linked(page.isEmpty() ? "" : page + "#" + urlSegment(id));
  }

  /** Returns the end of a trial's id, which is the hash that tells trials apart. */
  public static Cell shortened(String id) {
    return id.length() <= 9
        ? Cell.code(id)
        : Cell.code("…" + id.substring(id.length() - 8)).shortened(id);
  }

  /** Returns a name as part of an address. */
  public static String urlSegment(String name) {
    StringBuilder url = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0);
      url.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return url.toString();
  }
}
