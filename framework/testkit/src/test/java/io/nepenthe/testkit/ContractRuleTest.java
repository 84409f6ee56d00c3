package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.Fidelity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each rule finds the method that breaks it. */
class ContractRuleTest {
  record Nothing(double strength) {}

  private abstract static class Edits implements Unlearning<Nothing> {
    @Override
    public Class<Nothing> hyperparameters() {
      return Nothing.class;
    }
  }

  static final class LeavesAThread extends Edits {
    static final CountDownLatch END = new CountDownLatch(1);

    @Override
    public void mitigate(Nothing hyperparameters, MitigationContext context) {
      context.forgetSet();
      Thread thread = new Thread(LeavesAThread::await, "left behind");
      thread.setDaemon(true);
      thread.start();
    }

    private static void await() {
      try {
        END.await();
      } catch (InterruptedException e) {
        // that is its end, too
      }
    }
  }

  static final class ChangesItsRows extends Edits {
    @Override
    public void mitigate(Nothing hyperparameters, MitigationContext context) {
      context.forgetSet().row(0)[0]++; // a copy
    }
  }

  static final class Counts extends Edits {
    private int calls;

    @Override
    public void mitigate(Nothing hyperparameters, MitigationContext context) {
      context.weights().flat().muli(1 - 0.1 * calls);
      calls++;
    }
  }

  private static ContractSubject<Nothing> subject(Supplier<MitigationMethod<Nothing>> method) {
    MethodDescriptor descriptor =
        MethodDescriptor.read(
            BrokenPlugin.EDITS_NOTHING.descriptor().getBytes(StandardCharsets.UTF_8));
    return new ContractSubject<>(method, descriptor, Map.of("strength", 0.5), Fidelity.CLEAN);
  }

  private static String broken(ContractRule rule, Supplier<MitigationMethod<Nothing>> method) {
    ContractSubject<Nothing> subject = subject(method);
    assertTrue(rule.appliesTo(subject));
    return assertThrows(AssertionError.class, () -> rule.check(subject)).getMessage();
  }

  @Test
  void threadsThatAreLeftAreFound() {
    assertEquals(
        "thread 'left behind' still runs",
        broken(ContractRule.LEAVES_NO_THREADS, LeavesAThread::new));
    LeavesAThread.END.countDown();
  }

  @Test
  void whatIsKeptBetweenCallsIsFound() {
    assertTrue(broken(ContractRule.IS_SEEDED, Counts::new).startsWith("a second run with"));
  }

  @Test
  void aMethodThatNeverLooksUpDoesNotStop() {
    assertTrue(
        broken(ContractRule.STOPS_WHEN_INTERRUPTED, ChangesItsRows::new)
            .contains("an interrupted method did not stop"));
    assertFalse(Thread.interrupted());
  }

  @Test
  void copiesOfRowsMayChange() {
    ContractRule.LEAVES_ROWS_ALONE.check(subject(ChangesItsRows::new));
    ContractRule.LEAVES_NO_THREADS.check(subject(ChangesItsRows::new));
  }

  @Test
  void everyRuleSaysWhatToDo() {
    for (ContractRule rule : ContractRule.values()) {
      assertFalse(rule.advice().isBlank());
    }
  }
}
