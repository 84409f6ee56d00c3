package io.nepenthe.docs;

import static io.nepenthe.docs.SourceTree.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What may be cited of {@code docs/reference}: by document, the numbers of its sections ({@code 3},
 * {@code 3.1}), of the items of their numbered lists ({@code 8.3}) and of its quirks ({@code 37a},
 * {@code Q-2}).
 */
final class Reference {
  private static final Pattern HEADING = Pattern.compile("#+ (\\d+(?:\\.\\d+)*)\\.? .*");
  private static final Pattern ITEM = Pattern.compile("(\\d+[a-z]?)\\. .*");
  private static final Pattern QUIRK = Pattern.compile("\\*\\*(Q-\\d+) .*");

  private final Map<String, Set<String>> numbers = new HashMap<>();

  static Reference read() throws IOException {
    Reference reference = new Reference();
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/reference"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        String document = file.getFileName().toString().replace(".md", "");
        reference.numbers.put(document, numbers(Files.readString(file)));
      }
    }
    return reference;
  }

  Set<String> documents() {
    return numbers.keySet();
  }

  boolean has(String document, String number) {
    return numbers.getOrDefault(document, Set.of()).contains(number);
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    String section = "";
    for (String line : text.lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      Matcher item = ITEM.matcher(line);
      Matcher quirk = QUIRK.matcher(line);
      if (heading.matches()) {
        section = heading.group(1) + ".";
        numbers.add(heading.group(1));
      } else if (item.matches()) {
        numbers.add(section + item.group(1));
      } else if (quirk.matches()) {
        numbers.add(quirk.group(1));
      }
    }
    return numbers;
  }
}
