package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.suite.InclusionRule;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlanTest {
  @TempDir private Path folder;
  private PluginCatalog catalog;

  @BeforeEach
  void build() {
    TestMethods.jar(folder, "shrinks", TestMethods.Shrinks.class, 0.25, 0.5);
    catalog = PluginCatalog.scan(List.of(folder));
  }

  private static Suite suite(MethodChoice choice) {
    Suite tiny = TinySuite.suite("shrinks");
    return new Suite(
        tiny.name(),
        tiny.description(),
        tiny.protocol(),
        tiny.fidelity(),
        tiny.seeds(),
        tiny.threads(),
        tiny.device(),
        tiny.selection(),
        tiny.timingForks(),
        tiny.tasks(),
        List.of(choice));
  }

  @Test
  void takesThePluginsGridUnlessTheSuiteHasOne() {
    assertEquals(2 * 2, RunPlan.of(TinySuite.suite("shrinks"), catalog).trials());
    MethodChoice three = new MethodChoice("shrinks", Map.of("strength", List.of(0, 0.1, 1)), null);
    assertEquals(3 * 2, RunPlan.of(suite(three), catalog).trials());
  }

  @Test
  void aPartMayLackTheMethodWhoseTimeIsTheLimitWhereNoRuleAsksForIt() {
    Suite tiny = TinySuite.suite("shrinks", "splits");
    Suite all =
        new Suite(
            tiny.name(),
            tiny.description(),
            tiny.protocol(),
            tiny.fidelity(),
            tiny.seeds(),
            tiny.threads(),
            tiny.device(),
            new SelectionSpec.Choice(null, null, InclusionRule.ALL, "shrinks"),
            tiny.timingForks(),
            tiny.tasks(),
            tiny.methods());
    Suite part = all.only(List.of(), List.of("splits"), List.of());
    assertEquals(List.of("splits"), part.methods().stream().map(MethodChoice::id).toList());
    assertNull(part.selection(part.tasks().get(0)).limit());
  }

  @Test
  void rejectsAnUnknownMethod() {
    NepentheException e =
        assertThrows(NepentheException.class, () -> RunPlan.of(TinySuite.suite("shrink"), catalog));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().contains("no method 'shrink'. Known methods: shrinks."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          weakness | 0.5  | there is no hyper-parameter 'weakness'; there is [strength]
          strength | 1.5  | strength is 1.5, must be in [0, 1]
          strength | -0.1 | strength is -0.1, must be in [0, 1]
          strength | high | strength is the text 'high', must be in [0, 1]
          """)
  void rejectsWhatTheMethodDoesNotTake(String name, String value, String named) {
    Object given = value.equals("high") ? value : Double.valueOf(value);
    MethodChoice choice = new MethodChoice("shrinks", Map.of(name, List.of(given)), null);
    NepentheException e =
        assertThrows(NepentheException.class, () -> RunPlan.of(suite(choice), catalog));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertTrue(e.getMessage().contains("Change methods[0].grid"), e.getMessage());
  }

  @Test
  void rejectsAnEmptyListOfValues() {
    MethodChoice choice = new MethodChoice("shrinks", Map.of("strength", List.of()), null);
    assertThrows(NepentheException.class, () -> RunPlan.of(suite(choice), catalog));
  }

  @Test
  void anUnknownTaskNamesTheKnownOnes() {
    NepentheException e =
        assertThrows(
            NepentheException.class,
            () -> RunPlan.withoutMethods(TinySuite.suite("shrinks")).task("big"));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains("it has tiny-noise"), e.getMessage());
  }
}
