package io.nepenthe.report.html;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.nepenthe.report.text.Escape;

/**
 * What templates write to. Everything that they print is escaped for the place where it stands, and
 * loses its control characters.
 */
public final class HtmlOutput extends OwaspHtmlTemplateOutput {
  private final StringOutput html;

  private HtmlOutput(StringOutput html) {
    super(html);
    this.html = html;
  }

  public static HtmlOutput create() {
    return new HtmlOutput(new StringOutput());
  }

  @Override
  public void writeUserContent(String text) {
    super.writeUserContent(text == null ? "" : Escape.line(text));
  }

  /** Returns all that was written. */
  public String html() {
    return html.toString();
  }
}
