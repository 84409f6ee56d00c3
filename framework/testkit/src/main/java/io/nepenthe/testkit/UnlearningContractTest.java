package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What methods that edit weights promise beyond {@link MitigationContractTest}.
 *
 * @param <P> record of the method's hyper-parameters
 */
@SuppressWarnings("JUnitClassModifiers") // plugins extend it
public abstract class UnlearningContractTest<P extends Record> extends MitigationContractTest<P> {
  @Test
  void leavesTheWeightsItAlwaysDid() throws IOException {
    Map<String, float[]> edited = new TreeMap<>();
    for (Fidelity fidelity : Fidelity.values()) {
      MitigationContext context =
          TinyFixture.trained().context(given(), Quirk.of(fidelity), SEED, Progress.SILENT);
      edited.put(fidelity.id(), MethodRunner.run(method(), point(), context));
    }
    if (GoldenEdit.isToBeWritten()) {
      GoldenEdit.write(edited);
    }
    Map<String, String> before = GoldenEdit.read();
    assumeFalse(before.isEmpty(), "nothing was written with the last bits of this machine");
    assertEquals(
        before,
        GoldenEdit.hashes(edited),
        "the weights it leaves are not those that were written down for this machine's arithmetic");
  }

  @Test
  void localizationLeavesWeightsUnchanged() {
    keeps(ContractRule.LOCALIZES_WITHOUT_EDITING);
  }

  @Test
  void gridPointsThatShareALocalizationGetTheWeightsOfRunsAlone() {
    keeps(ContractRule.SHARES_LOCALIZATIONS);
  }
}
