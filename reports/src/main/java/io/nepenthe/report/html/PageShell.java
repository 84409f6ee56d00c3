package io.nepenthe.report.html;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * What all pages have in common: each is one file that needs nothing else. Its policy lets no
 * script run but the page's own, by its hash, and loads nothing from anywhere.
 */
final class PageShell {
  static final String STYLE = resource("page.css");
  static final String SCRIPT = resource("page.js");
  static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'"
          .formatted(
              Base64.getEncoder()
                  .encodeToString(ContentHash.digest(SCRIPT.getBytes(StandardCharsets.UTF_8))));

  private PageShell() {}

  private static String resource(String name) {
    try (InputStream in = PageShell.class.getResourceAsStream(name)) {
      Objects.requireNonNull(in, name + " is not beside PageShell");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
