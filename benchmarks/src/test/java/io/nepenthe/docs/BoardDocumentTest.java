package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nepenthe.json.YamlFolder;
import io.nepenthe.leaderboard.BoardDefinition;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
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
}
