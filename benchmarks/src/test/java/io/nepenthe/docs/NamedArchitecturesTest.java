package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The paper's architecture and tokenizer are named in their own packages and the registries. */
class NamedArchitecturesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAME = Pattern.compile("gpt-?2", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

  /** Beside their own packages: the registries, and what quotes the paper's tables. */
  private static final Set<String> MAY_NAME_IT =
      Set.of("Architectures.java", "Tokenizers.java", "PaperColumn.java");

  @Test
  void noOtherCodeNamesThem() throws IOException {
    List<String> naming = new ArrayList<>();
    for (String module : List.of("framework", "plugins", "reports", "benchmarks")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
        for (Path file : files.filter(NamedArchitecturesTest::isMainSource).toList()) {
          String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
          if (NAME.matcher(code).find()) {
            naming.add(ROOT.relativize(file).toString());
          }
        }
      }
    }
    assertEquals(List.of(), naming);
  }

  private static boolean isMainSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java")
        && path.contains("/src/main/java/")
        && !path.contains("/gpt2/")
        && !MAY_NAME_IT.contains(file.getFileName().toString());
  }
}
