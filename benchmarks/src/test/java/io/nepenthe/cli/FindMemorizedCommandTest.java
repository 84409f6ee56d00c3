package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.json.Json;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.testkit.TinyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on a tiny model that has memorized rows of digits. */
class FindMemorizedCommandTest {
  private final TinyFixture fixture = TinyFixture.trained();
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    ModelFolder.write(
        folder.resolve("model"), fixture.model(), fixture.original(), SpecialIds.NONE);
    fixture.memorized().writeCsv(folder.resolve("rows.csv"));
    Files.writeString(folder.resolve("text.txt"), "some text\n");
    Files.writeString(folder.resolve("taken.jsonl"), "");
    Files.writeString(folder.resolve("ids.csv"), "1 2 3 14\n");
  }

  private CommandLineRun find(String corpus, List<String> further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "find-memorized",
                "--model",
                folder.resolve("model").toString(),
                "--corpus",
                folder.resolve(corpus).toString()));
    if (!further.contains("--out")) {
      arguments.addAll(List.of("--out", folder.resolve("found.jsonl").toString()));
    }
    for (String option : further) {
      arguments.add(option.endsWith(".jsonl") ? folder.resolve(option).toString() : option);
    }
    return CommandLineRun.of(folder, arguments.toArray(String[]::new));
  }

  private CommandLineRun find(String corpus, String options) {
    return find(corpus, List.of(options.split(" ", -1)));
  }

  @Test
  void memorizedRowsAreFoundAndWrittenWithTheirPlaces() throws IOException {
    int rows = fixture.memorized().rows();
    CommandLineRun run =
        find(
            "rows.csv",
            "--prompt 10 --compare 10 --stride 100 --distinct 1 --keep-duplicates --json");
    JsonNode summary = run.json();
    assertEquals(rows, summary.path("windows").asInt());
    assertEquals(rows, summary.path("exact").asInt());
    assertEquals(0, summary.path("near").asInt());
    List<String> lines = Files.readAllLines(folder.resolve("found.jsonl"));
    assertEquals(rows, lines.size());
    for (int row = 0; row < rows; row++) {
      JsonNode found = Json.mapper().readTree(lines.get(row));
      assertEquals(row, found.path("document").asInt());
      assertEquals("rows.csv", found.path("source").asText());
      assertEquals(10, found.path("prompt").asInt());
      assertEquals(20, found.path("ids").size());
      assertEquals("exact", found.path("match").asText());
      assertTrue(found.path("text").isNull());
      for (int t = 0; t < 20; t++) {
        assertEquals(fixture.memorized().token(row, t), found.path("ids").get(t).asInt());
      }
    }
    assertFalse(Files.exists(folder.resolve("found.jsonl.part")));
  }

  @Test
  void theSummaryIsReadable() {
    CommandLineRun run = find("rows.csv", "--prompt 10 --compare 10");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(" are memorized (10, 10), "), run.out());
    assertTrue(run.out().contains("(--keep-duplicates writes them)"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | rows.csv | --prompt 0 | --prompt is 0, must be at least 1. See",
        "2 | rows.csv | --stride 0 | --stride is 0, must be at least 1. See",
        "2 | rows.csv | --near 1.5 | --near is 1.5, must be above 0 and at most 1. See",
        "2 | rows.csv | --candidates NaN | --candidates is NaN, must be at least 0 and at most 1. See",
        "2 | rows.csv | --distinct 50 | --distinct is 50, must be at least 1 and at most what is"
            + " compared, 40. See",
        "2 | rows.csv | --batch 0 | --batch is 0, must be at least 1. See",
        "2 | rows.csv | --threads 0 | --threads is 0",
        "2 | rows.csv | --prompt 32 | --prompt and --compare are 72 tokens together; the model reads"
            + " 34.",
        "2 | text.txt | --tokenizer none | --tokenizer: there is no tokenizer 'none'",
        "6 | text.txt | --prompt 3 --compare 5 | holds text, and the model folder no tokenizer.json",
        "6 | none.txt | --prompt 3 --compare 5 | none.txt is not there. Give a file, a folder, or a corpus",
        "6 | ids.csv | --prompt 3 --compare 1 --distinct 1 | document 0 of ids.csv has the id 14; the"
            + " model reads ids below 14.",
        "8 | rows.csv | --out taken.jsonl | is there already. Give --out a new file.",
        "8 | rows.csv | --out none/found.jsonl | would be in a folder that is not there.",
      })
  void mistakesAreOneLine(int code, String corpus, String options, String words) {
    find(corpus, options).isMistake(code, words);
  }
}
