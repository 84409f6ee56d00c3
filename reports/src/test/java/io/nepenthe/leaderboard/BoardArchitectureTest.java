package io.nepenthe.leaderboard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.Family;
import io.nepenthe.suite.SelectionSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(
    packages = {"io.nepenthe.leaderboard", "io.nepenthe.comparison"},
    importOptions = ImportOption.DoNotIncludeTests.class)
final class BoardArchitectureTest {
  @ArchTest
  static final ArchRule SEES_ONLY_STORED_RESULTS =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "io.nepenthe.leaderboard",
                      "io.nepenthe.comparison",
                      "io.nepenthe.report..",
                      "io.nepenthe.runstore",
                      "io.nepenthe.selection",
                      "io.nepenthe.summary",
                      "io.nepenthe.wording",
                      "io.nepenthe.statistics",
                      "io.nepenthe.provenance",
                      "io.nepenthe.metric",
                      "io.nepenthe.protocol",
                      "com.fasterxml.jackson.annotation",
                      "gg.jte..",
                      "java..",
                      "org.jspecify..")
                  .or(type(Family.class))
                  .or(type(Json.class))
                  .or(type(SelectionSpec.class))
                  .or(type(AtomicFiles.class)));

  @ArchTest
  static final ArchRule READS_NO_CLOCK_AND_DRAWS_NO_LOTS =
      noClasses()
          .should()
          .dependOnClassesThat(type(Clock.class).or(type(Instant.class)).or(type(Random.class)));

  @ArchTest static final ArchRule PRINTS_NOTHING = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
