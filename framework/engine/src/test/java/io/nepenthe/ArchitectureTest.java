package io.nepenthe;

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
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.worker.WorkerMain;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
    packages = "io.nepenthe",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestkit.class
    })
final class ArchitectureTest {
  static final class DoNotIncludeTestkit implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/testkit/");
    }
  }

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.nepenthe.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_WORKERS_LOAD_PLUGINS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.nepenthe.worker", "io.nepenthe.pluginhost")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(LoadedPlugin.class);

  @ArchTest
  static final ArchRule THE_JUDGE_KNOWS_NO_PLUGIN =
      noClasses()
          .that()
          .resideInAnyPackage("io.nepenthe.judge", "io.nepenthe.selection", "io.nepenthe.runstore")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.nepenthe.pluginhost", "io.nepenthe.worker", "org.pf4j..");

  @ArchTest
  static final ArchRule NO_CLASS_KNOWS_A_METHOD =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.nepenthe.plugins..");

  @ArchTest
  static final ArchRule NOTHING_PRINTS_OR_EXITS =
      noClasses()
          .that()
          .doNotBelongToAnyOf(WorkerMain.class)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule AN_ARCHITECTURE_IS_KNOWN_TO_ITS_OWN_PACKAGE_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("..gpt2..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..gpt2..");

  @ArchTest
  static final ArchRule RANDOMNESS_HAS_A_SEED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule ONLY_PLACES_READ_THE_ENVIRONMENT =
      noClasses()
          .that()
          .doNotBelongToAnyOf(CorpusPlaces.class)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

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
