package io.nepenthe.metric;

/** (1 + 1/4 + 1/4) / 3: of rows 1 and 2 the last token alone ends right. */
final class ExtractionStrengthTest extends MetricContractTest {
  ExtractionStrengthTest() {
    super("extractionStrength", 0.5);
  }
}
