package io.nepenthe;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nepenthe.worker.WorkerMain;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
    packages = "io.nepenthe",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestkitAndGenerated.class
    })
final class ArchitectureTest {
  static final class DoNotIncludeTestkitAndGenerated implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("testkit") && !location.contains("/jmh_generated/");
    }
  }

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.nepenthe.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_PRINTS_EXITS_OR_READS_THE_ENVIRONMENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.cli")
          .and()
          .doNotBelongToAnyOf(WorkerMain.class)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule AN_ARCHITECTURE_IS_KNOWN_TO_ITS_OWN_PACKAGE_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("..gpt2..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..gpt2..");

  @ArchTest
  static final ArchRule NO_CLASS_KNOWS_A_METHOD =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.nepenthe.plugins..");

  @ArchTest
  static final ArchRule THE_COMMAND_IS_ON_TOP =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.nepenthe.cli");

  @ArchTest
  static final ArchRule THE_COMMAND_LOADS_NO_PLUGIN =
      noClasses()
          .that()
          .resideInAPackage("io.nepenthe.cli")
          .should()
          .dependOnClassesThat(belongToAnyOf(io.nepenthe.pluginhost.LoadedPlugin.class));

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    for (JavaClass type : classes) {
      JavaPackage owner = type.getPackage();
      assertTrue(
          owner.tryGetPackageInfo().isPresent() && owner.isAnnotatedWith(NullMarked.class),
          owner.getName() + " needs a package-info with @NullMarked");
    }
  }
}
