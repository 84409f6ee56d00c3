package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A file in memory, of any size, on the CPU. A page is read when it is used, and the system has its
 * memory back whenever it needs it. Writing to an array never changes the file: it takes memory of
 * its own, a page at a time. Arrays outlive this; the file is let go with the last of them.
 *
 * <p>A file that is replaced stays as it was; one that another program shortens meanwhile ends the
 * process.
 */
public final class MappedFile implements AutoCloseable {
  private final NDArray bytes;

  private MappedFile(NDArray bytes) {
    this.bytes = bytes;
  }

  /** Returns true if files hold numbers as this machine's memory does. */
  public static boolean isPossible() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  /**
   * Maps the first bytes of a file.
   *
   * @param manager of a CPU
   */
  public static MappedFile of(NDManager manager, Path file, long size) {
    NDArray bytes = Ops.call("mapped", manager, file.toAbsolutePath().toString(), size);
    return new MappedFile(Torch.kept(manager, bytes));
  }

  /**
   * Returns numbers of the file as an array of its manager; of a copy, if they lie where no
   * processor reads numbers from.
   *
   * @param from position of the first byte
   */
  public NDArray array(long from, FloatType type, long... shape) {
    long count = 1;
    for (long dimension : shape) {
      count *= dimension;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int width = type.bytes();
      NDArray numbers =
          from % width == 0
              ? FloatArrays.numbers(bytes, from / width, count, type)
              : FloatArrays.numbers(copy(from, count * width), 0, count, type);
      return Torch.kept(bytes.getManager(), numbers.reshape(shape));
    }
  }

  private NDArray copy(long from, long count) {
    return Pieces.part(bytes, from, count).duplicate();
  }

  @Override
  public void close() {
    bytes.close();
  }
}
