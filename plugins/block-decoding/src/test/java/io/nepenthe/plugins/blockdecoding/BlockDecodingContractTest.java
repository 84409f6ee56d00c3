package io.nepenthe.plugins.blockdecoding;

import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.testkit.UnlearningContractTest;

class BlockDecodingContractTest extends UnlearningContractTest<BlockDecoding.Hyperparameters> {
  @Override
  protected MitigationMethod<BlockDecoding.Hyperparameters> method() {
    return new BlockDecoding();
  }
}
