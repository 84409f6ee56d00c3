package io.nepenthe;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.nepenthe", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.nepenthe.(**)").should().beFreeOfCycles();

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
  static final ArchRule NOTHING_IS_PRINTED =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_OTHER_MODULE =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.nepenthe.engine..").or(resideInAPackage("io.nepenthe.cli..")));

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
