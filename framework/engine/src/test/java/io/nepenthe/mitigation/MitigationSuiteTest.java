package io.nepenthe.mitigation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.TestMethods;
import io.nepenthe.suite.FurtherTraining;
import io.nepenthe.suite.InclusionRule;
import io.nepenthe.suite.Suite;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MitigationSuiteTest {
  private static final LanguageModel MODEL =
      Architectures.require("gpt2").model(new ModelSize(5, 6, 4, 1, 1));

  @TempDir private static Path folder;
  private static PluginCatalog plugins;

  @BeforeAll
  static void build() {
    TestMethods.jar(folder, "shrinks", TestMethods.Shrinks.class, 0.1, 0.2);
    TestMethods.jar(folder, "splits", TestMethods.Splits.class, 0.3);
    TestMethods.jar(folder, "fades", TestMethods.Fades.class, 0.3);
    TestMethods.jar(
        folder,
        "twins",
        TestMethods.Tunes.class,
        "\"family\": \"fine-tuning\", \"needs\": [\"twins\"]",
        0.3);
    plugins = PluginCatalog.scan(List.of(folder));
  }

  private static MitigationSuite suite(Map<String, List<Object>> values, String... methods) {
    return new MitigationSuite(
        List.of(methods),
        values,
        0,
        1,
        "cpu",
        FloatType.BFLOAT16,
        new FurtherTraining(8, 1e-3, null));
  }

  private static Suite made(double perplexity, Map<String, List<Object>> values) {
    PreparedRows rows = new PreparedRows(2, 2, 3, 2, 0, 0, 4, 4, "to keep: x", perplexity, 0.1, 1);
    return suite(values, "shrinks", "splits")
        .of(Path.of("/models/My model"), MODEL, folder, rows, plugins);
  }

  private static void assertRefused(String words, MitigationSuite suite) {
    NepentheException e = assertThrows(NepentheException.class, () -> suite.check(plugins));
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void methodsThatAModelOfOnesOwnCannotHaveAreRefused() {
    assertRefused("'nothing'", suite(Map.of(), "nothing"));
    assertRefused("method fades takes part in training", suite(Map.of(), "shrinks", "fades"));
    assertRefused("method twins needs twins", suite(Map.of(), "twins"));
    assertRefused("--set names 'ratio'", suite(Map.of("ratio", List.of(0.1)), "shrinks"));
    assertRefused(
        "--set names 'splits.strength'", suite(Map.of("splits.strength", List.of(0.1)), "shrinks"));
    suite(Map.of("splits.strength", List.of(0.1)), "shrinks", "splits").check(plugins);
  }

  @Test
  void valuesTakeThePlaceOfAGridOfAllMethodsOrOfOne() {
    Suite suite = made(10, Map.of("strength", List.of(0.5), "splits.strength", List.of(0.7, 0.8)));
    assertEquals(Map.of("strength", List.of(0.5)), suite.methods().get(0).grid());
    assertEquals(Map.of("strength", List.of(0.7, 0.8)), suite.methods().get(1).grid());
  }

  @Test
  void thePapersRuleIsTakenWhereTheModelItselfKeepsIt() {
    assertEquals(
        InclusionRule.PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10, inclusion(made(10, Map.of())));
    assertEquals(InclusionRule.ALL, inclusion(made(500, Map.of())));
  }

  private static InclusionRule inclusion(Suite suite) {
    return suite.selection(suite.tasks().get(0)).inclusion();
  }

  @Test
  void theTaskIsComputedInTheTypeThatIsNamed() {
    assertEquals(FloatType.BFLOAT16, made(10, Map.of()).tasks().get(0).computedIn());
  }

  @Test
  void theSuiteIsCalledByTheModelsFolder() {
    Suite suite = made(10, Map.of());
    assertEquals("mitigation of My-model", suite.name());
    assertTrue(suite.description().contains("the model reproduces 2 of 3 rows"));
  }
}
