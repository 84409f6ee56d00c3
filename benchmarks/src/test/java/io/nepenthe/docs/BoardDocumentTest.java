package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nepenthe.json.YamlFolder;
import io.nepenthe.leaderboard.BoardDefinition;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    Path file = Files.writeString(folder.resolve(BoardDefinition.FILE), yaml().get(0));
    BoardDefinition read =
        new YamlFolder<>(folder, "board", BoardDefinition.class).read(file.toString());
    assertEquals(List.of(0L, 1L, 2L), read.seeds());
    JsonNode keys = new YAMLMapper().readTree(file.toFile());
    for (RecordComponent part : BoardDefinition.class.getRecordComponents()) {
      assertTrue(keys.has(part.getName()), part.getName());
    }
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
