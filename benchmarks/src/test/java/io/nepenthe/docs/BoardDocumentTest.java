package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nepenthe.leaderboard.BoardDefinition;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.yaml.YamlFolder;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/board.md} shows can be used as it stands. */
class BoardDocumentTest {
  private static final Path DOCUMENT = SourceTree.ROOT.resolve("docs/board.md");

  @TempDir private Path folder;

  private static List<String> yaml() throws IOException {
    return Pattern.compile("(?ms)^```yaml\\n(.*?)^```")
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void theDefinitionIsReadAndHasEveryKey() throws IOException {
    assertEquals(List.of(0L, 1L, 2L), read(yaml().get(0)).seeds());
    JsonNode keys = new YAMLMapper().readTree(yaml().get(0));
    PublishedSchemas.assertIsValid("board", keys);
    for (RecordComponent part : BoardDefinition.class.getRecordComponents()) {
      assertTrue(keys.has(part.getName()), part.getName());
    }
  }

  /** Whoever checks a definition by its schema, in an editor say, is told what 'board' says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: ''",
        "title: ' '",
        "title:",
        "titel: A",
        "schema: nepenthe-board/2",
        "description: ''",
        "suites: []",
        "suites: ['']",
        "suites: [quick, quick]",
        "suites: quick",
        "seeds: []",
        "seeds: [0, 0]",
        "seeds: [0.5]",
        "seeds: [a]",
        "tier: rerun",
        "jars: {act: [abc]}",
        "jars: {act: [null]}",
        "jars: {act: abc}",
        "jars: []",
        "keys: [{author: A}]",
        "keys: [{author: A, key: abc}]",
        "keys: [{author: ' ', key: 0123456789abcdef}]",
        "keys: [{author: A, key: 0123456789abcdef, date: 2026-01-31}]",
        "archives: [{}]",
        "archives: [{file: ../a.nepenthe, date: 2026-01-31, sha256: HASH}]",
        "archives: [{file: a.zip, date: 2026-01-31, sha256: HASH}]",
        "archives: [{file: a.nepenthe, date: 31.1.2026, sha256: HASH}]",
        "archives: [{file: a.nepenthe, date: 2026-01-31, sha256: abc}]",
        "archives: [{file: a.nepenthe, date: 2026-01-31, sha256: HASH, answer: ''}]",
        "archives: [{file: a.nepenthe, date: 2026-01-31, sha256: HASH, place: 1}]",
      })
  void schemaAndReaderRefuseTheSame(String line) throws IOException {
    String changed = line.replace("HASH", "0123456789abcdef".repeat(4));
    String key = changed.substring(0, changed.indexOf(':'));
    String text = definition(key) + changed + "\n";
    assertThrows(NepentheException.class, () -> read(text), text);
    assertNotEquals(
        Set.of(), PublishedSchemas.mistakes("board", new YAMLMapper().readTree(text)), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: Ä board",
        "suites: [quick, mine.yaml]",
        "seeds: [3, -1]",
        "tier: unchecked",
        "jars: {act: []}",
        "jars: {}",
        "keys: []",
        "keys:",
        "tier:",
        "archives: []",
      })
  void schemaAndReaderAcceptTheSame(String line) throws IOException {
    String text = definition(line.substring(0, line.indexOf(':'))) + line + "\n";
    read(text);
    PublishedSchemas.assertIsValid("board", new YAMLMapper().readTree(text));
  }

  @Test
  void oneArchiveIsListedOnceWhateverItsName() {
    String archive = "{file: %s.nepenthe, date: 2026-01-31, sha256: " + "0a".repeat(32) + "}";
    String text =
        definition("")
            + "archives: ["
            + archive.formatted("a")
            + ", "
            + archive.formatted("b")
            + "]";
    String mistake = assertThrows(NepentheException.class, () -> read(text)).getMessage();
    assertTrue(mistake.contains("archives lists 0a0a"), mistake);
  }

  /** A definition that says no more than it must, without a key. */
  private static String definition(String without) {
    return Stream.of("schema: " + BoardDefinition.SCHEMA, "title: A", "suites: [quick]")
        .filter(line -> !line.startsWith(without + ":"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private BoardDefinition read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve(BoardDefinition.FILE), text);
    return new YamlFolder<>(folder, "board", BoardDefinition.class).read(file.toString());
  }

  @Test
  void theTableTellsEveryKey() throws IOException {
    List<String> told =
        Pattern.compile("(?m)^\\| `([a-z0-9.]+)` \\|")
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    List<String> keys =
        Arrays.stream(BoardDefinition.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    assertEquals(keys, told.stream().filter(each -> !each.contains(".")).toList());
    assertEquals(
        Arrays.stream(BoardDefinition.Listed.class.getRecordComponents())
            .map(part -> "archives." + part.getName())
            .toList(),
        told.stream().filter(each -> each.contains(".")).toList());
  }

  @Test
  void theWorkflowIsOneAndMayNotWrite() throws IOException {
    JsonNode workflow = new YAMLMapper().readTree(yaml().get(1));
    assertTrue(workflow.at("/on/pull_request/paths").toString().contains("**.nepenthe"));
    assertEquals("{\"contents\":\"read\"}", workflow.path("permissions").toString());
    String steps = workflow.at("/jobs/verify/steps").toString();
    assertTrue(steps.contains("nepenthe verify"), steps);
    assertTrue(steps.contains("nepenthe board"), steps);
    String scripts = String.join("\n", workflow.at("/jobs/verify/steps").findValuesAsText("run"));
    assertTrue(!scripts.contains("${{"), "what strangers write must not be a script's text");
  }

  /** Runs a step of the workflow as GitHub does, and returns its exit code and what it printed. */
  private String step(String name, String base) throws Exception {
    for (JsonNode step : new YAMLMapper().readTree(yaml().get(1)).at("/jobs/verify/steps")) {
      if (step.path("name").asText().equals(name)) {
        Path script = Files.writeString(folder.resolve("step.sh"), step.path("run").asText());
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", script.toString());
        bash.environment().put("BASE", base);
        return output(bash.directory(folder.toFile()));
      }
    }
    throw new AssertionError("there is no step " + name);
  }

  /** Returns what GitHub takes for commands, and what a judged archive said in its first line. */
  private static String withoutToken(String printed) {
    Matcher stop = Pattern.compile("::stop-commands::(\\w{32})\n").matcher(printed);
    assertTrue(stop.find(), printed);
    return printed.replaceAll(
        "(?s)" + stop.group() + "([^\n]*)\n.*?::" + stop.group(1) + "::\n", "$1\n");
  }

  private static String output(ProcessBuilder program) throws Exception {
    Process process = program.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return printed + process.waitFor();
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder + "/board"));
    command.addAll(List.of("-c", "user.name=A", "-c", "user.email=a@example.org"));
    command.addAll(List.of(arguments));
    String printed = output(new ProcessBuilder(command));
    assertTrue(printed.endsWith("0"), printed);
    return printed.substring(0, printed.length() - 1).strip();
  }

  private void commit(String... names) throws Exception {
    for (String name : names) {
      Files.writeString(folder.resolve("board").resolve(name), name);
    }
    git("add", ".");
    git("commit", "-q", "-m", "m");
  }

  /** A program that tells its arguments stands in for the real one. */
  @Test
  void theStepsOfTheWorkflowRunAndFailByTheWorstArchive() throws Exception {
    Path program = Files.createDirectories(folder.resolve("nepenthe")).resolve("nepenthe");
    Files.writeString(
        program,
        "#!/bin/sh\necho \"$@\"\ncase $2 in *forged*) exit 13;; *asked*) exit 14;; esac\n");
    assertTrue(program.toFile().setExecutable(true));
    Files.createDirectory(folder.resolve("board"));
    git("init", "-q");
    commit("board.yaml", "old-forged.nepenthe");
    String base = git("rev-parse", "HEAD");
    String judge = "Judge the archives that this adds";
    assertEquals("0", step(judge, base));
    commit("good.nepenthe");
    assertEquals(
        "::group::good.nepenthe\nverify %s/board/good.nepenthe\n::endgroup::\n0"
            .formatted(folder.toRealPath()),
        withoutToken(step(judge, base)));
    commit("asked.nepenthe");
    assertTrue(step(judge, base).endsWith("14"));
    commit("a-forged.nepenthe", "one\n::error::two.nepenthe", "good.verification.json");
    String printed = step(judge, base);
    assertTrue(printed.endsWith("13"), printed);
    assertTrue(printed.contains("::warning::Whoever opened this wrote a verification: good"));
    assertTrue(
        withoutToken(printed).lines().noneMatch(line -> line.startsWith("::error::")), printed);
    assertEquals(
        "board %s/board --out %s/site\n0".formatted(folder.toRealPath(), folder.toRealPath()),
        step("Make the site", base));
  }
}
