package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.docs.PublishedSchemas;
import io.nepenthe.json.Json;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LandscapeCommandTest {
  private static final int LENGTH = 12;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    model("one", 8, 1);
    model("two", 8, 2);
    model("wide", 16, 1);
    RandomGenerator random = new RandomStreams(5).stream("test");
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < 6; r++) {
      rows.add(random.ints(LENGTH, 0, 14).toArray());
    }
    Sequences.of(LENGTH, rows).writeCsv(folder.resolve("rows.csv"));
  }

  private void model(String name, int width, long seed) throws IOException {
    Gpt2 gpt2 = new Gpt2(Gpt2Config.tinyMem(14, LENGTH, width, 2, 2));
    float[] values = gpt2.initialValues(new RandomStreams(seed).stream("test"));
    ModelFolder.write(folder.resolve(name), gpt2, values, SpecialIds.NONE);
  }

  private CommandLineRun landscape(String... further) {
    List<String> arguments = new ArrayList<>(List.of("landscape"));
    arguments.addAll(List.of("--rows", folder.resolve("rows.csv").toString()));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    if (!List.of(further).contains("--grid")) {
      arguments.addAll(List.of("--grid", "3"));
    }
    arguments.addAll(List.of(further));
    return CommandLineRun.of(folder, arguments.toArray(String[]::new));
  }

  private String named(String name) {
    return name + "=" + folder.resolve(name);
  }

  @Test
  void theCentreIsWhatScoreSays() throws IOException {
    JsonNode json = landscape("--model", named("one"), "--model", named("two"), "--json").json();
    LossLandscapes written =
        Json.mapper()
            .readValue(folder.resolve("out/landscape.json").toFile(), LossLandscapes.class);
    assertEquals(Json.mapper().convertValue(json, LossLandscapes.class), written);
    PublishedSchemas.assertIsValid("landscape", json);
    assertEquals(List.of(-1.0, 0.0, 1.0), written.offsets());
    assertEquals(543, written.seed());
    assertEquals(6, written.rows());
    for (int i = 0; i < 2; i++) {
      String name = written.models().get(i).name();
      assertEquals(i == 0 ? "one" : "two", name);
      JsonNode scores =
          CommandLineRun.of(
                  folder,
                  "score",
                  "--json",
                  "--model",
                  folder.resolve(name).toString(),
                  "--rows",
                  folder.resolve("rows.csv").toString())
              .json();
      assertEquals(
          Math.log(scores.path("perplexity").asDouble()), written.models().get(i).centre(), 1e-12);
    }
    for (String file : List.of("map.svg", "map.png", "surface.svg", "surface.png")) {
      assertTrue(Files.size(folder.resolve("out/landscape-" + file)) > 1000, file);
    }
  }

  @Test
  void modelsOfTwoArchitecturesHaveNoDirectionInCommon() {
    landscape("--model", named("one"), "--model", named("wide"))
        .isMistake(5, "model wide has other tensors than the first");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void mistakesNameOptionAndRule() throws IOException {
    landscape("--model", named("one"), "--grid", "4").isMistake(2, "points is 4, must be odd");
    landscape("--model", named("one"), "--distance", "0").isMistake(2, "must be above 0");
    landscape("--model", named("one"), "--first", "0").isMistake(2, "--first is 0");
    landscape().isMistake(2, "--model");
    landscape("--model", named("one"), "--model", "one=" + folder.resolve("two"))
        .isMistake(2, "--model names one twice");
    landscape("--model", folder.toString()).isMistake(2, "must be NAME=DIR");
    Files.writeString(folder.resolve("rows.csv"), "1 99\n");
    landscape("--model", named("one")).isMistake(6, "ids below 14");
  }

  @Test
  void usesTheFirstRowsOnly() throws IOException {
    assertEquals(
        2,
        landscape("--model", named("one"), "--first", "2", "--json").json().path("rows").asInt());
  }
}
