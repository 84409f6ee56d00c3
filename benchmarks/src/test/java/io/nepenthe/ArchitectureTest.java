package io.nepenthe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.host.WorkerMain;
import io.nepenthe.pluginhost.LoadedPlugin;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * What holds for every module: the command depends on all other modules, so it is here that all
 * their classes are seen at once. That core and host know no task and no engine, and nobody a
 * plugin, is Maven's to hold: such a class would not compile.
 */
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
  static final ArchRule THE_COMMAND_IS_ON_TOP =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.nepenthe.cli");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_AND_WORKERS_PRINT_OR_EXIT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.cli")
          .and()
          .doNotBelongToAnyOf(WorkerMain.class)
          .and()
          .doNotHaveFullyQualifiedName("io.nepenthe.timing.Fork") // ends with its judge, as they do
          .and()
          .doNotHaveFullyQualifiedName("io.nepenthe.plugincheck.ContractWorker")
          .should(ACCESS_STANDARD_STREAMS)
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_AND_PLACES_READ_THE_ENVIRONMENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.cli")
          .and()
          .doNotBelongToAnyOf(CorpusPlaces.class)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule RANDOMNESS_HAS_A_SEED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static void anArchitectureIsKnownToItsOwnPackageOnly(JavaClasses classes) {
    for (String own : List.of("..gpt2..", "..gptneox..", "..model.llama..")) {
      noClasses()
          .that()
          .resideOutsideOfPackage(own)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(own)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule ONLY_WORKERS_AND_TIMING_LOAD_PLUGINS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.nepenthe.host",
              "io.nepenthe.pluginhost",
              "io.nepenthe.timing",
              "io.nepenthe.plugincheck")
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
          .resideInAnyPackage(
              "io.nepenthe.pluginhost", "io.nepenthe.host", "io.nepenthe.worker", "org.pf4j..");

  @ArchTest
  static final ArchRule ONLY_TENSOR_SEES_DJLS_PYTORCH =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.tensor")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.pytorch..");

  /** DJL frees the scalar while autograd still reads it: see Ops. Only set records no gradient. */
  @ArchTest
  static final ArchRule ONLY_TENSOR_MAY_PASS_NUMBERS_TO_ARRAYS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nepenthe.tensor")
          .should()
          .callMethodWhere(
              new DescribedPredicate<JavaMethodCall>("an NDArray method takes a Number") {
                @Override
                public boolean test(JavaMethodCall call) {
                  return !call.getName().equals("set")
                      && call.getTargetOwner().isAssignableTo(NDArray.class)
                      && call.getTarget().getRawParameterTypes().stream()
                          .anyMatch(parameter -> parameter.isEquivalentTo(Number.class));
                }
              });

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
