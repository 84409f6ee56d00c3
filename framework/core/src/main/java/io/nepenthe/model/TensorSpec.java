package io.nepenthe.model;

import java.util.List;

/**
 * One named tensor of a model.
 *
 * @param name its Hugging Face name
 * @param shape its stored shape, row-major
 * @param offset where its first entry lies in the flat parameter vector
 */
public record TensorSpec(String name, List<Long> shape, long offset) {
  /** Copies the shape. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Returns the number of entries. */
  public long size() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Returns the shape as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
