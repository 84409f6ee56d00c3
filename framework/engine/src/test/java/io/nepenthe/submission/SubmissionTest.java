package io.nepenthe.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionTest {
  private static final Lock LOCK = new Lock("0.1.0", "unknown", "1.1", "d", "l", "j", "p");

  private static Submission submission(String field, String value) {
    return new Statement(
            field.equals("name") ? value : "my-method",
            field.equals("author") ? value : "A. Author",
            field.equals("licence") ? value : "Apache-2.0",
            field.equals("contact") ? value : "a@example.org",
            field.equals("paper") ? value : null,
            field.equals("url") ? value : null)
        .about(LOCK, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "name, my-method.2",
    "author, Ångström & Söhne",
    "licence, MIT OR (Apache-2.0 WITH LLVM-exception)",
    "licence, LicenseRef-Ours",
    "contact, https://example.org/~a",
    "url, http://example.org/?a=b#c",
    "paper, 'A. Author: On Forgetting, 2026'"
  })
  void whatIsStatedPlainlyIsTaken(String field, String value) {
    assertTrue(submission(field, value).toString().contains(value));
  }

  @ParameterizedTest
  @CsvSource({
    "name, ''",
    "name, ../a",
    "name, A",
    "name, a/b",
    "author, ' '",
    "author, 'a\u001b[31m'",
    "author, 'a\u202eb'",
    "licence, 'do what you like'",
    "licence, <script>",
    "contact, nobody",
    "contact, javascript:alert(1)",
    "url, javascript:alert(1)",
    "url, 'https://example.org/\"><script>'",
    "paper, ' padded '"
  })
  void whatCouldNotStandOnAPageIsRefusedByItsName(String field, String value) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> submission(field, value)).getMessage();
    assertTrue(message.startsWith(field + " is "), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aFileIsListedOnce() {
    PackedFile file = new PackedFile("run/run.json", 1, "0".repeat(64));
    Statement statement = new Statement("a", "b", "MIT", "a@b.org", null, null);
    assertThrows(IllegalArgumentException.class, () -> statement.about(LOCK, List.of(file, file)));
  }
}
