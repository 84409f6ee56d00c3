package io.nepenthe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorReaderTest {
  private static final String GOOD =
      """
      {"name": "Method", "family": "unlearning", "edits": "weights", "summary": "Forgets.",
       "paper": {"title": "T", "authors": "A", "year": 2024, "url": "u", "section": "1"},
       "needs": ["forget-set"],
       "hyperparameters": {"ratio": {"type": "integer", "min": 0, "max": 10, "default": 1,
                           "affects": "edit", "description": "share"}},
       "grids": {"math": {"ratio": [1, 2]}, "pythia": null}}
      """;

  private static String refused(byte[] json) {
    String why =
        assertThrows(IllegalArgumentException.class, () -> MethodDescriptor.read(json))
            .getMessage();
    assertEquals(1, why.lines().count(), why);
    assertTrue(why.length() < 400, why);
    return why;
  }

  private static String refused(String json) {
    return refused(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"forget-set\"]   | [null]                  | needs[0] is null",
        "[1, 2]             | [1, null]               | grids.math.ratio[1] is null",
        "[1, 2]             | null                    | grids.math.ratio is null",
        "{\"type\"          | null, \"x\": {\"type\"  | hyperparameters.ratio is null",
        "\"T\"              | null                    | paper.title is null",
        "\"year\": 2024,    | ''                      | year",
        "2024               | 2024.5                  | year",
        "2024               | \"2024\"                | year",
        "\"min\": 0,        | ''                      | min",
        "\"max\": 10        | \"max\": \"NaN\"        | max",
        "\"max\": 10        | \"max\": 1e300          | whole numbers of at most 2^53",
        "\"max\": 10        | \"max\": 1e999          | min <= default <= max",
        "\"max\": 10        | \"max\": 10.5           | whole numbers of at most 2^53",
        "[1, 2]             | [1, 2, 1.0]             | ratio lists 1.0 twice",
        "[1, 2]             | [[1]]                   | ratio is [1], must be a whole number",
        "\"summary\"        | \"name\": \"B\", \"summary\" | Duplicate field 'name'",
        "\"Method\"         | \"half \\ud800 of one\" | name holds half a character",
        "\"Forgets.\"       | \"\\udc00\\ud800\"      | summary holds half a character",
        "\"ratio\":         | \"../../x\":            | '../../x' in hyperparameters is no name of",
        "\"math\"           | \"../math\"             | '../math' in grids is no kind of task",
        "\"needs\"          | \"wins\": true, \"needs\" | there is no 'wins'; there is [changesNothing, ",
        "\"Forgets.\"       | 1e999                   | (at summary)",
        "\"Forgets.\"       | true                    | (at summary)",
        "\"unlearning\"     | \"he\\rro\"              | family is 'he?ro', must be control,",
        "\"unlearning\"     | \"hero\"                | family is 'hero', must be control,",
        "\"integer\"        | 1                       | type",
      })
  void oneLineSaysWhatIsWrong(String part, String instead, String why) {
    String refused = refused(GOOD.replace(part, instead));
    assertTrue(refused.contains(why), refused);
  }

  @Test
  void nothingFollowsAndNothingIsAnythingElse() {
    for (String json : new String[] {GOOD + "{}", "null", "[]", "", "1", "{", "[".repeat(5000)}) {
      refused(json);
    }
    refused(GOOD.getBytes(StandardCharsets.UTF_16));
    refused(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
  }

  @Test
  void whatATableShowsHasALimit() {
    assertTrue(
        refused(GOOD.replace("Method", "W".repeat(81))).contains("has 81 characters, may have 80"));
    assertTrue(
        refused(GOOD.replace("Forgets.", "W".repeat(2001)))
            .contains("summary has 2001 characters"));
    assertTrue(refused(GOOD + " ".repeat(256 << 10)).contains("is longer than 262144 bytes"));
  }

  @Test
  void pointsAreCountedBeforeTheyAreMade() {
    String spec = "{\"type\": \"integer\", \"min\": 0, \"max\": 9, \"default\": 0}";
    StringBuilder specs = new StringBuilder();
    StringBuilder grid = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      specs.append(i == 0 ? "" : ",").append("\"p" + i + "\": ").append(spec);
      grid.append(i == 0 ? "" : ",").append("\"p" + i + "\": [0,1,2,3,4,5,6,7,8,9]");
    }
    String json =
        GOOD.substring(0, GOOD.indexOf("\"hyperparameters\""))
            + "\"hyperparameters\": {%s}, \"grids\": {\"math\": {%s}}}".formatted(specs, grid);
    assertTrue(refused(json).contains("the grid has more than 100000 points"));
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    byte[] marked = ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8);
    assertEquals(2, MethodDescriptor.read(marked).gridSize("math"));
    assertEquals(0, MethodDescriptor.read(marked).gridSize("pythia"));
    assertEquals(1, MethodDescriptor.read(marked).gridSize("language"));
  }

  @Test
  void aMethodStatesWhatItMayCost() {
    String bound = "\"costBound\": {\"unit\": \"forward\", \"atMost\": 2.5}, \"needs\"";
    String json = GOOD.replace("\"needs\"", bound);
    CostBound read =
        Objects.requireNonNull(
            MethodDescriptor.read(json.getBytes(StandardCharsets.UTF_8)).costBound());
    assertEquals(CostBound.Unit.FORWARD, read.unit());
    assertEquals(2.5, read.atMost());
  }
}
