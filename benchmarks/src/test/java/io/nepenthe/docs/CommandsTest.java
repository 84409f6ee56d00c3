package io.nepenthe.docs;

import static io.nepenthe.docs.SourceTree.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** What the documents tell to type can be typed. */
class CommandsTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern TYPED = Pattern.compile("\\./nepenthe((?: [^`#\\n]*)?)");
  private static final Pattern INLINE = Pattern.compile("`\\./nepenthe((?:\\s[^`]*)?)`");

  @Test
  void commandsDocumentEqualsTheCommandsOwnHelp() throws IOException {
    Generated.check("docs/commands.md", "commands", Commands.markdown());
  }

  @Test
  void exitCodesEqualTheCommandsOwn() throws IOException {
    Generated.check("docs/commands.md", "exit-codes", Commands.exitCodes());
  }

  /** Lists of commands show the first paragraph of each. */
  @Test
  void helpIsOfWholeSentences() {
    List<String> cut = new ArrayList<>();
    collectCut(Commands.nepenthe(), cut);
    assertEquals(List.of(), cut);
  }

  /**
   * A percent sign is written twice: picocli warns of one, and prints its help as it is written.
   */
  @Test
  void helpIsPrintedWithoutAWarning() {
    PrintStream before = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      printHelp(Commands.nepenthe());
    } finally {
      System.setErr(before);
    }
    assertEquals("", warnings.toString(StandardCharsets.UTF_8));
  }

  private static void printHelp(CommandLine command) {
    command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    command.getSubcommands().values().forEach(CommandsTest::printHelp);
  }

  private static void collectCut(CommandLine command, List<String> cut) {
    String name = command.getCommandSpec().qualifiedName();
    List<String> paragraphs =
        new ArrayList<>(List.of(command.getCommandSpec().usageMessage().description()));
    for (ArgSpec argument : command.getCommandSpec().args()) {
      paragraphs.addAll(List.of(argument.description()));
    }
    for (String paragraph : paragraphs) {
      if (!paragraph.matches("(?s)([A-Z0-9'-]|clean|cpu).*[.)]")) { // or a value
        cut.add(name + ": " + paragraph);
      }
    }
    assertTrue(!paragraphs.isEmpty(), name);
    for (CommandLine sub : command.getSubcommands().values()) {
      String first = sub.getCommandSpec().usageMessage().description()[0];
      String listed = command.getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("\\s+", " ");
      if (!listed.contains(first)) {
        cut.add(name + " lists " + sub.getCommandName() + " without: " + first);
      }
      collectCut(sub, cut);
    }
  }

  @Test
  void everyCommandInADocumentCanBeTyped() throws IOException {
    List<String> wrong = new ArrayList<>();
    int typed = 0;
    for (Path file : SourceTree.files(".md")) {
      for (String line : commands(Files.readString(file))) {
        typed++;
        String complaint = complaint(line);
        if (!complaint.isEmpty()) {
          wrong.add(ROOT.relativize(file) + ": ./nepenthe " + line + ": " + complaint);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(typed > 50, "only " + typed + " commands were found: is the pattern still right?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runn quick",
        "run paper-math-noise",
        "run quick --method act",
        "run quick --methods spectral-norm",
        "run quick --tasks math",
        "compare A"
      })
  void whatCannotBeTypedIsFound(String line) throws IOException {
    assertTrue(!complaint(line).isEmpty(), line);
  }

  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      collect(TYPED, fence.group(), commands);
    }
    collect(INLINE, FENCE.matcher(text).replaceAll(""), commands);
    return commands;
  }

  private static void collect(Pattern pattern, String text, List<String> commands) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      commands.add(matcher.group(1).strip().replaceAll("\\s+", " "));
    }
  }

  /** Returns why a command cannot be typed, or nothing. A name alone is a mention. */
  private static String complaint(String line) throws IOException {
    String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);
    CommandLine named = Commands.nepenthe();
    int name = 0;
    while (name < words.length && named.getSubcommands().containsKey(words[name])) {
      named = named.getSubcommands().get(words[name++]);
    }
    if (name == words.length) {
      return "";
    }
    try {
      Commands.nepenthe().parseArgs(words);
    } catch (ParameterException e) {
      return e.getMessage();
    }
    boolean takesSuite =
        named.getCommandSpec().positionalParameters().stream()
            .anyMatch(parameter -> parameter.paramLabel().contains("SUITE"));
    return takesSuite && words[name].matches("[a-z0-9-]+") ? suiteComplaint(words, name) : "";
  }

  private static String suiteComplaint(String[] words, int name) throws IOException {
    Path suite = ROOT.resolve("benchmarks/suites/" + words[name] + ".yaml");
    if (!Files.exists(suite)) {
      return "there is no suite " + words[name];
    }
    List<String> lines = Files.readAllLines(suite);
    for (int i = name; i < words.length - 1; i++) {
      if (words[i].matches("--(methods|tasks?)")) {
        for (String id : words[i + 1].split(",", -1)) {
          if (Stream.of("  - id: " + id, "  - id: \"" + id + "\"").noneMatch(lines::contains)) {
            return "the suite has no " + id;
          }
        }
      }
    }
    return "";
  }
}
