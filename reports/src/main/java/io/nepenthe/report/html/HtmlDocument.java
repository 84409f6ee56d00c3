package io.nepenthe.report.html;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A whole HTML file that needs nothing else. Its policy lets no script run but the report's own, by
 * its hash, and loads nothing from anywhere.
 */
final class HtmlDocument {
  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'"
          .formatted(
              Base64.getEncoder()
                  .encodeToString(ContentHash.digest(SCRIPT.getBytes(StandardCharsets.UTF_8))));

  private HtmlDocument() {}

  static String of(String titleText, String html) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        """
            .formatted(POLICY, Html.text(titleText))
        + STYLE
        + "</style>\n</head>\n<body>\n<main>\n"
        + html
        + "</main>\n<script>"
        + SCRIPT
        + "</script>\n</body>\n</html>\n";
  }

  private static String resource(String name) {
    try (InputStream in = HtmlDocument.class.getResourceAsStream(name)) {
      Objects.requireNonNull(in, name + " is not beside HtmlDocument");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
