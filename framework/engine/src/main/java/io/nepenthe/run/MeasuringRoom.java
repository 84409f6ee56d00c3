package io.nepenthe.run;

import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.Torch;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;

/**
 * Lets as many models be measured at a time as memory has room for, and always one. Thread-safe.
 *
 * <p>What others were let in for counts whole, though some of it is taken already: a measurement
 * that waits costs time, one too many costs the run.
 */
public final class MeasuringRoom {
  private static final long SECONDS_BETWEEN_LOOKS = 1;

  /** What a pass over a batch takes beside the weights, however small they are. */
  private static final long LEAST_BYTES = 256L << 20;

  private final LongSupplier availableBytes;
  private int measuring; // guarded by this, as the next
  private long promised;

  MeasuringRoom(LongSupplier availableBytes) {
    this.availableBytes = availableBytes;
  }

  /** Returns the room of this machine. */
  public static MeasuringRoom here() {
    GlobalMemory memory = new SystemInfo().getHardware().getMemory();
    return new MeasuringRoom(memory::getAvailable);
  }

  /** A measurement that was let in; it leaves when this is closed. */
  public final class Turn implements AutoCloseable {
    private final NDManager manager;
    private final long bytes;

    private Turn(NDManager manager, long bytes) {
      this.manager = manager;
      this.bytes = bytes;
    }

    /** Returns what all that is measured belongs to, on the device that measures. */
    public NDManager manager() {
      return manager;
    }

    @Override
    public void close() {
      Torch.release(manager);
      leave(bytes);
    }
  }

  /**
   * Waits until there is room to read and measure a model.
   *
   * @param weightBytes what its weights take
   * @param device what measures
   */
  public Turn take(long weightBytes, String device) {
    long bytes = weightBytes + Math.max(weightBytes / 2, LEAST_BYTES);
    enter(bytes);
    try {
      return new Turn(Torch.newManager(Torch.device(device)), bytes);
    } catch (RuntimeException | Error e) {
      leave(bytes);
      throw e;
    }
  }

  private synchronized void enter(long bytes) {
    try {
      while (measuring > 0 && availableBytes.getAsLong() < promised + bytes) {
        TimeUnit.SECONDS.timedWait(this, SECONDS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
    measuring++;
    promised += bytes;
  }

  private synchronized void leave(long bytes) {
    measuring--;
    promised -= bytes;
    notifyAll();
  }
}
