package io.nepenthe.estimate;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a process with a method at its peak, by the shape of a task's model.
 *
 * @param method id of the method
 * @param hostBytes of the machine; null if the method does not state what it holds
 * @param deviceBytes of a GPU, if the models are on one; null as before
 */
public record MethodMemory(String method, @Nullable Long hostBytes, @Nullable Long deviceBytes) {
  /** A Java machine and libtorch, before they do anything. */
  private static final long PROGRAM = 500_000_000;

  /** Returns that of a method whose arrays take so many bytes. */
  static MethodMemory of(String method, @Nullable Long arrays, boolean onGpu) {
    return arrays == null
        ? new MethodMemory(method, null, null)
        : new MethodMemory(method, onGpu ? PROGRAM : PROGRAM + arrays, onGpu ? arrays : 0);
  }

  /** Returns the larger of both; if one is not stated, that one. */
  MethodMemory larger(MethodMemory other) {
    return hostBytes == null || (other.hostBytes != null && other.all() <= all()) ? this : other;
  }

  private long all() {
    return (hostBytes == null ? 0 : hostBytes) + (deviceBytes == null ? 0 : deviceBytes);
  }
}
