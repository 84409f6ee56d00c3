package io.nepenthe;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.EditedPart;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.suite.SelectionSpec;
import java.time.Clock;
import java.time.Instant;

/** Reports, comparisons and leaderboards are made of stored results and of nothing else. */
@AnalyzeClasses(
    packages = {"io.nepenthe.report", "io.nepenthe.leaderboard", "io.nepenthe.comparison"},
    importOptions = ImportOption.DoNotIncludeTests.class)
final class StoredResultsTest {
  private static final DescribedPredicate<JavaClass> STORED_RESULTS =
      resideInAnyPackage(
              "io.nepenthe.report..",
              "io.nepenthe.runstore",
              "io.nepenthe.retention",
              "io.nepenthe.selection",
              "io.nepenthe.summary",
              "io.nepenthe.wording",
              "io.nepenthe.statistics",
              "io.nepenthe.provenance",
              "io.nepenthe.metric",
              "io.nepenthe.protocol",
              "java..",
              "gg.jte..",
              "org.jspecify..")
          .or(type(Family.class))
          .or(type(EditedPart.class))
          .or(type(TrialTime.class))
          .or(type(AtomicFiles.class));

  @ArchTest
  static final ArchRule A_REPORT_SEES_THEM_AND_WHAT_DRAWS =
      classes()
          .that()
          .resideInAPackage("io.nepenthe.report..")
          .should()
          .onlyDependOnClassesThat(
              STORED_RESULTS
                  .or(
                      resideInAnyPackage(
                          "io.nepenthe.energy",
                          "io.nepenthe.landscape",
                          "javax.imageio..",
                          "org.jfree..",
                          "org.apache.commons.csv",
                          "org.apache.pdfbox..",
                          "de.rototor.pdfbox..",
                          "org.apache.batik..",
                          "org.w3c.dom.."))
                  .or(type(AtomicFiles.Content.class))
                  .or(type(Json.class)));

  @ArchTest
  static final ArchRule COMPARISONS_AND_LEADERBOARDS_SEE_THEM_AND_REPORTS =
      classes()
          .that()
          .resideOutsideOfPackage("io.nepenthe.report..")
          .should()
          .onlyDependOnClassesThat(
              STORED_RESULTS
                  .or(
                      resideInAnyPackage(
                          "io.nepenthe.leaderboard",
                          "io.nepenthe.comparison",
                          "io.nepenthe.files",
                          "com.fasterxml.jackson.annotation"))
                  .or(type(MethodDescriptor.class))
                  .or(type(MethodDescriptor.Paper.class))
                  .or(type(Json.class))
                  .or(type(SelectionSpec.class)));

  @ArchTest
  static final ArchRule NOTHING_READS_A_CLOCK =
      noClasses().should().dependOnClassesThat(type(Clock.class).or(type(Instant.class)));

  @ArchTest
  static final ArchRule NOTHING_THROWS_A_GENERIC_EXCEPTION =
      NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
