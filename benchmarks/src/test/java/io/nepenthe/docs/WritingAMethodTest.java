package io.nepenthe.docs;

import static io.nepenthe.docs.SourceTree.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.leaderboard.BoardDefinition;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.TrainingSettings;
import io.nepenthe.yaml.YamlFolder;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the guide shows is what runs: the project that {@code plugins new} writes, which its own
 * test compiles and runs, and losses that are run here.
 */
class WritingAMethodTest {
  private static final String GUIDE = "docs/writing-a-method.md";
  private static final Path SCAFFOLD =
      ROOT.resolve("benchmarks/src/main/resources/io/nepenthe/scaffold");

  private static final Map<String, BiConsumer<MitigationContext, TrainingSettings>> LOSSES =
      Map.of(
          "answer-only", GuidedLosses::answerOnly,
          "with-retain", GuidedLosses::withRetain,
          "clipped", GuidedLosses::clipped,
          "task-vector", GuidedLosses::taskVector);

  private static String fenced(String language, String text) {
    return "```" + language + "\n" + text.stripTrailing() + "\n```\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"MyMethod.java", "method.json", "MyMethodContractTest.java"})
  void showsTheFilesOfANewProject(String name) throws IOException {
    String file = "unlearning/" + name;
    String text = Files.readString(SCAFFOLD.resolve(file));
    Generated.check(GUIDE, file, fenced(name.substring(name.indexOf('.') + 1), text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer-only", "with-retain", "clipped", "task-vector"})
  void showsLossesThatForget(String name) throws IOException {
    String sources = Files.readString(Path.of("src/test/java/io/nepenthe/docs/GuidedLosses.java"));
    String snippet = sources.split("    // " + name + "\n", -1)[1].split("    // end\n", -1)[0];
    Generated.check(GUIDE, name, fenced("java", snippet.stripIndent()));

    TinyFixture fixture = TinyFixture.trained();
    MitigationContext context = fixture.context(1);
    try (Weights weights = context.weights()) {
      LOSSES.get(name).accept(context, context.trained().requireSettings());
      int before = fixture.memorization(fixture.original()).memorized();
      assertTrue(fixture.memorization(weights.toFloats()).memorized() < before);
    }
  }

  @Test
  void showsABoardThatIsRead(@TempDir Path folder) throws IOException {
    String board =
        Files.readString(ROOT.resolve(GUIDE)).split("<!-- board.yaml -->\n```yaml\n", 2)[1];
    Path file = Files.writeString(folder.resolve(BoardDefinition.FILE), board.split("```", 2)[0]);
    BoardDefinition read =
        new YamlFolder<>(folder, "board", BoardDefinition.class).read(file.toString());
    assertEquals("my-method.nepenthe", read.archives().get(0).file());
  }

  @Test
  void showsNothingThatIsNotRun() throws IOException {
    String guide = Files.readString(ROOT.resolve(GUIDE));
    Pattern checked = Pattern.compile("(?s)<!-- ([\\w./-]+) -->\n.*?<!-- /\\1 -->");
    String rest = checked.matcher(guide).replaceAll("");
    assertEquals(0, Pattern.compile("```\\w").matcher(rest).results().count(), rest);
    assertEquals(8, checked.matcher(guide).results().count());
  }

  @Test
  void namesEveryKey() throws IOException {
    String guide = Files.readString(ROOT.resolve(GUIDE));
    Stream.of(MethodDescriptor.class, MethodDescriptor.Paper.class)
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(RecordComponent::getName)
        .forEach(key -> assertTrue(guide.contains("`" + key + "`"), key));
  }
}
