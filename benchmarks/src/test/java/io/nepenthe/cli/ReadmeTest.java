package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MethodDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The README says what is there. {@code mvn test -pl benchmarks -am -Dtest=ReadmeTest
 * -Dnepenthe.rewrite=true} writes its table of methods again.
 */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = ROOT.resolve("README.md");
  private static final String BEGIN = "<!-- methods -->\n";
  private static final String END = "<!-- /methods -->";

  @Test
  void tableOfMethodsEqualsDescriptors() throws IOException {
    String readme = Files.readString(README);
    int from = readme.indexOf(BEGIN) + BEGIN.length();
    int to = readme.indexOf(END);
    assertTrue(from >= BEGIN.length() && to >= from, "README.md has lost " + BEGIN + END);
    String table = table(descriptors());
    if (Boolean.getBoolean("nepenthe.rewrite")) {
      Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
    } else {
      assertEquals(
          table,
          readme.substring(from, to),
          "README.md's table of methods is out of date; run this test with -Dnepenthe.rewrite=true");
    }
  }

  @Test
  void everyMethodIsAModuleWithAReadme() throws IOException {
    String modules = Files.readString(ROOT.resolve("plugins/pom.xml"));
    for (String id : descriptors().keySet()) {
      assertTrue(modules.contains("<module>" + id + "</module>"), "plugins/pom.xml lacks " + id);
      assertTrue(Files.exists(ROOT.resolve("plugins/" + id + "/README.md")), id + "'s README.md");
    }
  }

  @Test
  void commandsInTheReadmeAndTheContributorsGuideExist() throws IOException {
    CommandLine nepenthe = new CommandLine(new Nepenthe());
    for (String file : List.of("README.md", "CONTRIBUTING.md")) {
      Matcher command =
          Pattern.compile("\\./nepenthe ([a-z]+)([^`\\n#]*)")
              .matcher(Files.readString(ROOT.resolve(file)));
      while (command.find()) {
        CommandLine subcommand = nepenthe.getSubcommands().get(command.group(1));
        assertTrue(subcommand != null, file + " tells to run " + command.group());
        for (String word : command.group(2).strip().split("\\s+", -1)) {
          subcommand = subcommand.getSubcommands().getOrDefault(word, subcommand);
          assertTrue(
              !word.startsWith("--") || subcommand.getCommandSpec().findOption(word) != null,
              file + " tells to run " + command.group() + ", which has no " + word);
        }
      }
    }
  }

  @Test
  void exitCodesEqualTheCommandsOwn() throws IOException {
    String readme = Files.readString(README);
    Map<String, String> codes =
        new CommandLine(new Nepenthe()).getCommandSpec().usageMessage().exitCodeList();
    assertTrue(!codes.isEmpty());
    codes.forEach(
        (code, meaning) ->
            assertTrue(
                readme.contains("| " + code.strip() + " | " + meaning + " |\n"),
                "README.md lacks exit code " + code + ": " + meaning));
  }

  private static Map<String, MethodDescriptor> descriptors() throws IOException {
    Map<String, MethodDescriptor> descriptors = new TreeMap<>();
    try (Stream<Path> folders = Files.list(ROOT.resolve("plugins"))) {
      for (Path folder : folders.toList()) {
        Path descriptor = folder.resolve("src/main/resources").resolve(MethodDescriptor.RESOURCE);
        if (Files.exists(descriptor)) {
          descriptors.put(
              folder.getFileName().toString(),
              MethodDescriptor.read(Files.readAllBytes(descriptor)));
        }
      }
    }
    return descriptors;
  }

  /** One row per method, families in the order of the paper's tables. */
  private static String table(Map<String, MethodDescriptor> descriptors) {
    StringBuilder table = new StringBuilder();
    table.append("| method | family | in one sentence | paper |\n| --- | --- | --- | --- |\n");
    descriptors.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().family()))
        .forEach(entry -> table.append(row(entry.getKey(), entry.getValue())));
    return table.toString();
  }

  private static String row(String id, MethodDescriptor method) {
    MethodDescriptor.Paper paper = method.paper();
    return String.format(
        "| [`%s`](plugins/%s/README.md) | %s | %s | [%s, %d](%s), %s |\n",
        id,
        id,
        method.family().id(),
        method.summary(),
        firstAuthor(paper.authors()),
        paper.year(),
        paper.url(),
        paper.section());
  }

  private static String firstAuthor(String authors) {
    String[] names = authors.split(", ", -1);
    String first = names[0].substring(names[0].lastIndexOf(' ') + 1);
    return names.length > 1 ? first + " et al." : first;
  }
}
