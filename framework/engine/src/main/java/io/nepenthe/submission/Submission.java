package io.nepenthe.submission;

import io.nepenthe.wording.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who submits what: {@code submission.json} of an archive.
 *
 * @param schema "nepenthe-submission/1"
 * @param name short name, also of the archive's file: lower-case letters, digits, dots and hyphens
 * @param author who answers for the results
 * @param licence of the methods' jars that do not come with Nepenthe, as an SPDX expression
 * @param contact a mail address, or an http(s) address
 * @param paper what to cite for the methods; null if there is nothing
 * @param url where to read more, http(s); null if nowhere
 * @param lock what the run was made with
 * @param files every other file of the archive, by path, but the signature
 */
public record Submission(
    String schema,
    String name,
    String author,
    String licence,
    String contact,
    @Nullable String paper,
    @Nullable String url,
    Lock lock,
    List<PackedFile> files) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-submission/1";

  private static final int LONGEST = 500;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?");
  private static final String LICENCE_ID = "\\(*[A-Za-z0-9][A-Za-z0-9.:-]*\\+?\\)*";
  private static final Pattern LICENCE =
      Pattern.compile(LICENCE_ID + "( (AND|OR|WITH) " + LICENCE_ID + ")*");
  private static final Pattern WEB = Pattern.compile("https?://[^\\s<>\"'`{}|\\\\^]+");
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@<>\"']+@[^\\s@<>\"']+\\.[^\\s@<>\"']+");

  /** Checks that all is stated and fit to be printed on a page. */
  public Submission {
    require(SCHEMA.equals(schema), "schema", schema, SCHEMA);
    requireStated("name", name);
    require(
        NAME.matcher(name).matches(),
        "name",
        name,
        "up to 100 lower-case letters, digits, dots and hyphens, as my-method-quick");
    requireStated("author", author);
    requireStated("licence", licence);
    require(
        LICENCE.matcher(licence).matches(),
        "licence",
        licence,
        "an SPDX expression, as Apache-2.0 (see spdx.org/licenses)");
    requireStated("contact", contact);
    require(
        MAIL.matcher(contact).matches() || WEB.matcher(contact).matches(),
        "contact",
        contact,
        "a mail address or an http(s) address");
    if (paper != null) {
      requireStated("paper", paper);
    }
    if (url != null) {
      requireStated("url", url);
      require(WEB.matcher(url).matches(), "url", url, "an http(s) address");
    }
    requireThere("lock", lock);
    requireThere("files", files);
    files = List.copyOf(files);
    Set<String> paths = new HashSet<>();
    for (PackedFile file : files) {
      require(paths.add(file.path()), "files", file.path(), "listed once");
    }
  }

  private static void requireThere(String what, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
  }

  private static void requireStated(String what, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    boolean isLine =
        value.length() <= LONGEST
            && value.equals(value.strip())
            && value.chars().allMatch(c -> c >= ' ' && Words.isPrintable((char) c));
    if (!isLine) {
      throw new IllegalArgumentException(
          what
              + " is '"
              + Words.line(value)
              + "', must be one line of up to "
              + LONGEST
              + " characters, without blanks at its ends");
    }
  }

  private static void require(boolean holds, String what, @Nullable String value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(what + " is '" + Words.line(value) + "', must be " + rule);
    }
  }
}
