package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What operators compute on a GPU is what they compute on the processor, gradients too. Without a
 * GPU the same is done twice on the processor, so that no case is found broken only there.
 */
final class OperatorDeviceTest {
  /** What only asks, and the way that one of the others takes. */
  private static final Set<String> NO_OPERATORS =
      Set.of("requiresGradient", "outputsFirstLinear", "code", "constant");

  /** As in every process that computes results: else scripts are compiled at their second call. */
  @BeforeAll
  static void computeAlways() {
    Torch.useThreads(1);
  }

  static List<OperatorCases.Case> cases() {
    return OperatorCases.all();
  }

  private static void agrees(OperatorCases.Case operator, Device device, double tolerance) {
    List<float[]> expected = operator.results(Device.cpu());
    List<float[]> actual = operator.results(device);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      float[] here = expected.get(i);
      float[] there = actual.get(i);
      assertEquals(here.length, there.length);
      for (int j = 0; j < here.length; j++) {
        double most = tolerance * Math.max(1, Math.abs(here[j]));
        assertEquals(here[j], there[j], most, operator + ", result " + i + ", entry " + j);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Tag("gpu")
  void aGpuComputesWhatTheProcessorDoes(OperatorCases.Case operator) {
    assertTrue(Torch.gpus() > 0, "libtorch can use no GPU here");
    agrees(operator, Device.gpu(), operator.tolerance());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProcessorComputesTheSameTwice(OperatorCases.Case operator) {
    agrees(operator, Device.cpu(), 0);
  }

  @Test
  void everyOperatorHasACase() {
    Set<String> covered =
        cases().stream().map(OperatorCases.Case::method).collect(Collectors.toSet());
    List<String> missing =
        Stream.of(Ops.class, RotaryOps.class, VocabularyHead.class, Entries.class)
            .flatMap(each -> Stream.of(each.getDeclaredMethods()))
            .filter(OperatorDeviceTest::isOperator)
            .map(Method::getName)
            .distinct()
            .filter(name -> !covered.contains(name))
            .sorted()
            .toList();
    assertEquals(List.of(), missing);
  }

  /** Others take names of scripts, or are used by those that are here. */
  private static boolean isOperator(Method method) {
    boolean isCallOfScript =
        Stream.of(method.getParameterTypes()).anyMatch(type -> type == String.class);
    return Modifier.isStatic(method.getModifiers())
        && !Modifier.isPrivate(method.getModifiers())
        && !method.isSynthetic()
        && !isCallOfScript
        && !NO_OPERATORS.contains(method.getName());
  }
}
