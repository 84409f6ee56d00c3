package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.RotaryOps;

/**
 * How the tokens of one pass see each other in a model whose queries and keys are turned by their
 * positions. Made for a pass and used by all of its layers. B = rows, T = tokens of a row, h =
 * heads of queries, g = heads of keys and values, a divisor of h, d = size of a head.
 */
public abstract class RotaryAttention {
  final NDArray turns;

  private RotaryAttention(NDArray turns) {
    this.turns = turns;
  }

  /**
   * Returns what each query makes of the values it sees.
   *
   * @param queries (B, T, h, d)
   * @param keys (B, T, g, d)
   * @param values (B, T, g, d)
   * @return heads side by side, (B*T, h*d)
   */
  public NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values) {
    return mix(layer, queries, keys, values, Long.MAX_VALUE);
  }

  /**
   * Returns what each query makes of the values it sees through a sliding window.
   *
   * @param window how many tokens a token sees, itself included
   */
  public abstract NDArray mix(
      int layer, NDArray queries, NDArray keys, NDArray values, long window);

  /** Returns that of whole rows: a token sees those before it and itself. */
  public static RotaryAttention ofRows(Rotary rotary, NDArray stream) {
    return new OfRows(rotary.turns(stream.getManager(), 0, stream.getShape().get(1)));
  }

  /**
   * Returns that of rows that go on: the new tokens see those in the cache, which grows.
   *
   * @throws IllegalArgumentException if a row that goes on has more than one new token
   */
  public static RotaryAttention continuing(Rotary rotary, NDArray stream, KeyValueCache cache) {
    long length = stream.getShape().get(1);
    if (cache.length() > 0 && length != 1) {
      throw new IllegalArgumentException("rows that go on have one new token, not " + length);
    }
    return new Continuing(rotary.turns(stream.getManager(), cache.length(), length), cache);
  }

  /**
   * Returns that of {@link LanguageModel#branches}. A branch sees the tokens before its position,
   * so that its position is how many it sees.
   */
  public static RotaryAttention ofBranches(
      Rotary rotary, NDArray attentionMask, KeyValueCache cache) {
    NDArray positions =
        attentionMask
            .eq(attentionMask.zerosLike())
            .toType(DataType.FLOAT32, false)
            .sum(new int[] {1}, true); // (R, S) -> (R, 1)
    return new OfBranches(rotary.turns(positions), positions, attentionMask, cache);
  }

  /** Returns heads side by side, (B, T, h, d) -> (B*T, h*d). */
  private static NDArray sideBySide(NDArray mixed) {
    return mixed.reshape(-1, mixed.getShape().get(2) * mixed.getShape().get(3));
  }

  private static NDArray headsFirst(NDArray x) {
    return x.transpose(0, 2, 1, 3); // (B, T, h, d) -> (B, h, T, d), and back
  }

  private static class OfRows extends RotaryAttention {
    OfRows(NDArray turns) {
      super(turns);
    }

    @Override
    public NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values, long window) {
      return sideBySide(
          queries.getShape().get(1) <= window
              ? RotaryOps.causalAttention(queries, keys, values, turns)
              : RotaryOps.windowAttention(queries, keys, values, turns, window));
    }
  }

  private static final class Continuing extends OfRows {
    private final KeyValueCache cache;

    Continuing(NDArray turns, KeyValueCache cache) {
      super(turns);
      this.cache = cache;
    }

    @Override
    public NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values, long window) {
      if (!cache.isEmpty(layer)) {
        return cache.attend(layer, queries, keys, values, turns, window);
      }
      cache.append(layer, headsFirst(RotaryOps.turned(keys, turns)), headsFirst(values));
      return super.mix(layer, queries, keys, values, window);
    }
  }

  private static final class OfBranches extends RotaryAttention {
    private final NDArray positions; // (R, 1)
    private final NDArray attentionMask; // (R, S)
    private final KeyValueCache cache;

    OfBranches(NDArray turns, NDArray positions, NDArray attentionMask, KeyValueCache cache) {
      super(turns);
      this.positions = positions;
      this.attentionMask = attentionMask;
      this.cache = cache;
    }

    @Override
    public NDArray mix(int layer, NDArray queries, NDArray keys, NDArray values, long window) {
      String earlier = ":, :, :" + attentionMask.getShape().get(1);
      return sideBySide(
          headsFirst(
              Ops.branchAttention(
                  headsFirst(RotaryOps.turned(queries, turns)),
                  headsFirst(RotaryOps.turned(keys, turns)),
                  headsFirst(values),
                  cache.keys(layer).get(earlier),
                  cache.values(layer).get(earlier),
                  maskFor(window))));
    }

    private NDArray maskFor(long window) {
      long count = attentionMask.getShape().get(1);
      if (count < window) {
        return attentionMask;
      }
      NDArray distances = positions.sub(Rotary.positions(positions.getManager(), 0, count));
      NDArray isTooFar = distances.gte(Ops.scalar(distances, (double) window)); // (R, S)
      NDArray never = Ops.scalar(attentionMask, Double.NEGATIVE_INFINITY);
      return NDArrays.where(isTooFar, never.broadcast(attentionMask.getShape()), attentionMask);
    }
  }
}
