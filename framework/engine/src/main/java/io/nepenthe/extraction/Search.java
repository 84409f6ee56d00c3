package io.nepenthe.extraction;

/**
 * What is looked for. A window is {@code prompt + compare} tokens of one document, from a multiple
 * of the stride on. It is (n, k) memorized, n the prompt and k what is compared, if greedy decoding
 * from its first n tokens, and nothing before them, writes the other k.
 *
 * @param prompt n
 * @param compare k
 * @param stride tokens from the begin of a window to that of the next
 * @param near least similarity of what greedy decoding writes, 1 - d / k with d the edit distance
 * @param candidates least share of the k that are the likeliest token after the true ones before
 *     them, for a window to be decoded at all; 0 decodes every window
 * @param distinct least number of different tokens among the k, and among the k that are written
 * @param batch windows of one forward pass
 */
public record Search(
    int prompt, int compare, int stride, double near, double candidates, int distinct, int batch) {
  /** What DATA.md's section 3 has, as a share of what is compared: 16 of 40. */
  private static final double DISTINCT = 0.4;

  private static final int MOST = 1 << 20;

  /** Checks the ranges, by the names of options. */
  public Search {
    require(prompt >= 1 && prompt <= MOST, "--prompt is " + prompt, "at least 1");
    require(compare >= 1 && compare <= MOST, "--compare is " + compare, "at least 1");
    require(stride >= 1, "--stride is " + stride, "at least 1");
    require(near > 0 && near <= 1, "--near is " + near, "above 0 and at most 1");
    require(
        candidates >= 0 && candidates <= 1,
        "--candidates is " + candidates,
        "at least 0 and at most 1");
    require(
        distinct >= 1 && distinct <= compare,
        "--distinct is " + distinct,
        "at least 1 and at most what is compared, " + compare);
    require(batch >= 1 && batch <= MOST, "--batch is " + batch, "at least 1");
  }

  private static void require(boolean holds, String what, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(what + ", must be " + rule);
    }
  }

  /** Returns how many different tokens are asked for unless somebody says so. */
  public static int distinctOf(int compare) {
    return (int) Math.ceil(DISTINCT * compare);
  }

  /** Returns the tokens of a window. */
  public int length() {
    return prompt + compare;
  }

  /** Returns how many compared tokens a candidate may miss. */
  int mostMisses() {
    return (int) Math.floor((1 - candidates) * compare + 1e-9);
  }
}
