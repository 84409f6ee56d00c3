package io.nepenthe.report;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.plugin.Family;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(
    packages = "io.nepenthe.report",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule SEES_ONLY_STORED_RESULTS =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "io.nepenthe.report..",
                      "io.nepenthe.runstore",
                      "io.nepenthe.selection",
                      "io.nepenthe.summary",
                      "io.nepenthe.wording",
                      "io.nepenthe.statistics",
                      "io.nepenthe.provenance",
                      "io.nepenthe.energy",
                      "io.nepenthe.landscape",
                      "io.nepenthe.metric",
                      "io.nepenthe.protocol",
                      "java..",
                      "javax.imageio..",
                      "org.jfree..",
                      "org.apache.commons.csv",
                      "gg.jte..",
                      "org.apache.pdfbox..",
                      "de.rototor.pdfbox..",
                      "org.apache.batik..",
                      "org.w3c.dom..",
                      "org.jspecify..")
                  .or(type(Family.class))
                  .or(type(AtomicFiles.class))
                  .or(type(AtomicFiles.Content.class)));

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("io.nepenthe.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule READS_NO_CLOCK_AND_DRAWS_NO_LOTS =
      noClasses()
          .should()
          .dependOnClassesThat(type(Clock.class).or(type(Instant.class)).or(type(Random.class)));

  @ArchTest static final ArchRule PRINTS_NOTHING = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule THROWS_NO_GENERIC_EXCEPTION = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
