package io.nepenthe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.pluginhost.ReservedIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What tasks, host, engine, reports and application need of a method is in its descriptor: none of
 * them writes the id of one. Only old runs, which hold no descriptors, are told by ids, in one
 * place.
 */
class MethodIdsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of("framework/tasks", "framework/host", "framework/engine", "reports", "benchmarks");
  private static final List<String> OF_OLD_RUNS =
      List.of("runstore/OldRuns.java", "runstore/old-methods.json");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  private static List<String> ids() throws IOException {
    try (Stream<Path> plugins = Files.list(ROOT.resolve("plugins"))) {
      return plugins
          .filter(Files::isDirectory)
          .filter(plugin -> Files.exists(plugin.resolve("pom.xml")))
          .map(plugin -> plugin.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
        files
            .filter(file -> file.toString().matches(".*\\.(java|csv|json)"))
            .filter(file -> OF_OLD_RUNS.stream().noneMatch(file::endsWith))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  /** Returns the words of a file that could be ids: whole literals, cells of tables. */
  private static List<String> words(Path file) throws IOException {
    String text = Files.readString(file);
    if (file.toString().endsWith(".csv")) {
      return text.lines().flatMap(line -> Stream.of(line.split(",", -1))).toList();
    }
    List<String> words = new ArrayList<>();
    Matcher literals = LITERAL.matcher(text);
    while (literals.find()) {
      words.add(literals.group(1));
      Stream.of(literals.group(1).split("[^a-z0-9-]+", -1))
          .filter(word -> word.contains("-"))
          .forEach(words::add);
    }
    return words;
  }

  /** Nobody else takes them, even where none of their jars is. */
  @Test
  void theProgramKnowsTheIdsOfAllMethodsThatShip() throws IOException {
    assertEquals(ids(), List.copyOf(ReservedIds.shipped().all()));
  }

  @Test
  void noIdOfAMethodIsWrittenOutsideThePlugins() throws IOException {
    List<String> ids = ids();
    assertTrue(ids.size() >= 20, ids.toString());
    TreeSet<String> found = new TreeSet<>();
    for (Path source : sources()) {
      for (String word : words(source)) {
        ids.stream()
            .filter(word::equals)
            .forEach(id -> found.add(ROOT.relativize(source) + ": " + id));
      }
    }
    assertEquals(new TreeSet<>(), found);
  }

  @Test
  void theWordsOfASourceAreItsLiterals() throws IOException {
    List<String> words =
        words(ROOT.resolve("framework/engine/src/main/java/io/nepenthe/runstore/OldRuns.java"));
    assertTrue(words.contains("extra-fine-tuning"), "what the other test looks for is found");
  }
}
