package io.nepenthe.machine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Largest memory in use on a GPU while something runs on it, sampled: a peak shorter than the pause
 * between samples can be missed. It is the device's, whoever uses it: the CUDA context, blocks that
 * libtorch keeps for later, and other processes count too. Close it when the work is done.
 */
public final class DeviceMemory implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long UNKNOWN = -1;

  private final @Nullable LongSupplier usedBytes;
  private final @Nullable DaemonTimer timer;
  private long peak = UNKNOWN; // guarded by this, as the next
  private boolean closed;

  /** Starts to watch what the supplier says; null: nothing to watch. */
  DeviceMemory(@Nullable LongSupplier usedBytes, Duration pause) {
    this.usedBytes = usedBytes;
    sample();
    this.timer = usedBytes == null ? null : new DaemonTimer("device-memory", pause, this::sample);
  }

  /**
   * Starts to watch a device. On a processor there is nothing to watch, and no thread is started.
   */
  public static DeviceMemory watch(Device device) {
    return device.isGpu()
        ? new DeviceMemory(() -> CudaUtils.getGpuMemory(device).getUsed(), PAUSE)
        : new DeviceMemory(null, PAUSE);
  }

  private synchronized void sample() {
    if (usedBytes == null || closed) {
      return;
    }
    try {
      peak = Math.max(peak, usedBytes.getAsLong());
    } catch (RuntimeException | LinkageError e) {
      // no CUDA here, or it does not answer: what was seen before stands
    }
  }

  /**
   * Returns the peak until now or, when closed, until then, in bytes; null on a CPU, or where the
   * device does not tell.
   */
  public synchronized @Nullable Long peakBytes() {
    sample();
    return peak == UNKNOWN ? null : peak;
  }

  /** Ends the watch; the peak can still be asked for. */
  @Override
  public synchronized void close() {
    sample();
    closed = true;
    if (timer != null) {
      timer.close();
    }
  }
}
