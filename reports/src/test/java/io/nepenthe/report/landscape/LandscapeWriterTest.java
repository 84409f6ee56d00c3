package io.nepenthe.report.landscape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.landscape.Landscape;
import io.nepenthe.landscape.LandscapeGrid;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.draw.Drawing;
import io.nepenthe.report.draw.SvgDrawing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LandscapeWriterTest {
  private static final LandscapeGrid GRID = new LandscapeGrid(7, 1);

  @TempDir private Path folder;

  private static Landscape bowl(String name, double depth) {
    List<List<Double>> losses = new ArrayList<>();
    for (double y : GRID.offsets()) {
      losses.add(GRID.offsets().stream().map(x -> depth + 2 * x * x + y * y).toList());
    }
    return new Landscape(name, losses);
  }

  private static LossLandscapes landscapes(String... names) {
    List<Landscape> models = new ArrayList<>();
    for (String name : names) {
      models.add(bowl(name, 1 + models.size()));
    }
    return new LossLandscapes(
        LossLandscapes.SCHEMA, 543, GRID.offsets(), 128, "ab".repeat(32), null, models);
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void writesMapAndSurfaceAsSvgAndPng() throws IOException {
    LandscapeWriter.write(landscapes("original"), folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          Set.of(
              "landscape-map.svg",
              "landscape-map.png",
              "landscape-surface.svg",
              "landscape-surface.png",
              "landscape-map.pdf",
              "landscape-surface.pdf"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    BufferedImage image = ImageIO.read(folder.resolve("landscape-surface.png").toFile());
    assertTrue(image.getWidth() > 600);
  }

  @Test
  void aMapHasACellForEveryPointAndATickForEveryLevel() {
    LossLandscapes landscapes = landscapes("original", "good");
    String svg = SvgDrawing.of(LandscapeMap.of(landscapes), "m", "m");
    assertTrue(count(svg, "<rect ") >= 2 * 49, "cells");
    LossScale scale = LossScale.of(landscapes.models());
    assertEquals(List.of(1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0), scale.levels());
    for (double level : scale.levels()) {
      assertEquals(1, count(svg, ">" + Pattern.quote(scale.label(level)) + "</text"), "" + level);
    }
    assertTrue(svg.contains("loss of the model: 1.000"));
    assertTrue(svg.contains("loss of the model: 2.000"));
  }

  @Test
  void aSurfaceHasAPatchBetweenAnyFourPoints() {
    String svg = SvgDrawing.of(LandscapeSurface.of(landscapes("one")), "s", "s");
    assertTrue(count(svg, " Z\"") >= 36, "patches"); // filled, each with an edge
  }

  @Test
  void theLowestPartOfABowlHasTheLowestColour() {
    String svg = SvgDrawing.of(LandscapeMap.of(landscapes("one")), "m", "m");
    assertTrue(svg.contains("rgb(68,1,84)"), "the centre, the smallest loss of all");
    assertTrue(svg.contains("rgb(253,231,37)"), "the corners, the largest");
  }

  @Test
  void sevenModelsStandInThreeLines() {
    Drawing drawing = LandscapeMap.of(landscapes("a", "b", "c", "d", "e", "f", "g"));
    assertEquals(LandscapeMap.of(landscapes("a", "b", "c")).width(), drawing.width());
    assertTrue(drawing.height() > 3 * LandscapeFigure.SIZE);
  }

  @Test
  void givesTheSameBytesForTheSameLosses() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    LandscapeWriter.write(landscapes("one"), folder);
    LandscapeWriter.write(landscapes("one"), other);
    for (String file : List.of("landscape-map.svg", "landscape-map.png", "landscape-surface.pdf")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve(file)), Files.readAllBytes(other.resolve(file)), file);
    }
  }

  @Test
  void namesAreEscaped() {
    String svg = SvgDrawing.of(LandscapeMap.of(landscapes(RunFixture.HOSTILE)), "m", "m");
    assertFalse(svg.contains("<script"));
    assertTrue(svg.contains("&lt;script&gt;"));
  }
}
