package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links between the documents lead somewhere: to a file, a folder or a heading that is there. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @Test
  void relativeLinksResolve() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path file : SourceTree.files(".md")) {
      String text = blank(CODE, Files.readString(file));
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        String target = URLDecoder.decode(link.group(1), StandardCharsets.UTF_8);
        if (!target.matches("[a-z]+:.*")) {
          links++;
          if (!resolves(file, target)) {
            broken.add(SourceTree.place(file, text, link.start()) + ": " + target);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 50, "only " + links + " links were found: is the pattern still right?");
  }

  @Test
  void anchorsAreMadeOfHeadingsAsGitHubDoes() {
    assertEquals(
        Set.of("0-notation-and-things", "the-same", "the-same-1", "timing_json--2"),
        anchors(
            "# 0. Notation, and things\ntext\n## The same\n## The same\n# `timing_json` & 2\n"));
  }

  private static boolean resolves(Path file, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path there = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    return there.startsWith(SourceTree.ROOT)
        && Files.exists(there)
        && (hash < 0 || anchors(Files.readString(there)).contains(target.substring(hash + 1)));
  }

  private static Set<String> anchors(String markdown) {
    Set<String> anchors = new HashSet<>();
    Matcher heading = HEADING.matcher(markdown.replaceAll("(?ms)^```.*?^```", ""));
    while (heading.find()) {
      String anchor =
          heading
              .group(1)
              .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
              .replace(' ', '-');
      String unique = anchor;
      for (int same = 1; !anchors.add(unique); same++) {
        unique = anchor + "-" + same;
      }
    }
    return anchors;
  }

  /** Takes out what matches, but for its line breaks, so that lines can be told. */
  private static String blank(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(match.group().replaceAll("[^\\n]", " ")));
  }
}
