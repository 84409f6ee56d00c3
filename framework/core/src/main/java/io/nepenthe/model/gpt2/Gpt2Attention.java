package io.nepenthe.model.gpt2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.tensor.Ops;

/**
 * What tokens make of queries, keys and values that lie side by side, (N, 3D) -> (N, D). B = rows,
 * T = tokens of a row, N = B*T, D = width, h = heads, d = size of a head.
 */
final class Gpt2Attention {
  private final Gpt2Config config;

  Gpt2Attention(Gpt2Config config) {
    this.config = config;
  }

  /** Returns that of whole rows: a token sees those before it and itself. */
  NDArray ofRows(NDArray qkv, long batch) {
    return Ops.causalAttention(qkv, batch, config.heads());
  }

  /** Returns that of rows that go on: the new tokens see those in the cache, which grows. */
  NDArray continuing(int layer, NDArray qkv, long batch, KeyValueCache cache) {
    if (cache.isEmpty(layer)) {
      NDList parts = headsFirst(qkv, batch);
      cache.append(layer, parts.get(1), parts.get(2));
      return ofRows(qkv, batch);
    }
    NDList parts =
        qkv.reshape(batch, 1, 3L * config.heads(), headSize()) // (B, 3D) -> (B, 1, 3h, d)
            .split(3, 2);
    return cache.attend(
        layer, parts.get(0), parts.get(1), parts.get(2), null, config.positions()); // (B, D)
  }

  /** Returns that of {@link io.nepenthe.model.LanguageModel#branches}. */
  NDArray ofBranches(
      int layer, NDArray qkv, long batch, NDArray attentionMask, KeyValueCache cache) {
    NDList own = headsFirst(qkv, batch);
    String earlier = ":, :, :" + attentionMask.getShape().get(1);
    return Ops.branchAttention(
            own.get(0),
            own.get(1),
            own.get(2),
            cache.keys(layer).get(earlier),
            cache.values(layer).get(earlier),
            attentionMask) // (B, h, R, d)
        .transpose(0, 2, 1, 3) // -> (B, R, h, d)
        .reshape(-1, config.width());
  }

  /** Returns queries, keys and values, (B, h, T, d) each. */
  private NDList headsFirst(NDArray qkv, long batch) {
    NDArray parts =
        qkv.reshape(batch, -1, 3, config.heads(), headSize()) // (N, 3D) -> (B, T, 3, h, d)
            .transpose(2, 0, 3, 1, 4); // -> (3, B, h, T, d)
    return new NDList(parts.get(0), parts.get(1), parts.get(2));
  }

  private long headSize() {
    return config.width() / config.heads();
  }
}
