package io.nepenthe.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The PyTorch engine: managers, arrays that libtorch owns, autograd, threads.
 *
 * <p>Arrays made from Java memory are copied at once, so that no operator can outlive the buffer it
 * reads from.
 */
public final class Torch {
  private static final Engine ENGINE = Engine.getEngine("PyTorch"); // loads the native library

  private Torch() {}

  /** Returns a new top-level manager on the device; the caller closes it. */
  public static NDManager newManager(Device device) {
    return ENGINE.newBaseManager(device);
  }

  /**
   * Closes a manager. What libtorch would keep of a GPU's memory for this process's next arrays
   * goes back to the GPU, for others.
   */
  public static void release(NDManager manager) {
    boolean isOnGpu = manager.getDevice().isGpu();
    manager.close();
    if (isOnGpu) {
      JniUtils.emptyCudaCache();
    }
  }

  /** Returns the device of a {@link DeviceName}. */
  public static Device device(String name) {
    return Device.fromName(DeviceName.of(name).place());
  }

  /** Returns how many GPUs this machine's PyTorch can use. */
  public static int gpus() {
    return ENGINE.getGpuCount();
  }

  /** Returns true if this libtorch computes on GPUs where there are some. */
  public static boolean isBuiltForGpus() {
    return JniUtils.getFeatures().contains("CUDA");
  }

  /** Sets how many threads one operator of this process may use; fixes the results' last bits. */
  public static void useThreads(int threads) {
    JniUtils.setGraphExecutorOptimize(false);
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
  }

  /** Returns a float32 array that libtorch owns. */
  public static NDArray floats(NDManager manager, float[] values, long... shape) {
    try (NDArray borrowed = manager.create(FloatBuffer.wrap(values), new Shape(shape))) {
      return borrowed.duplicate();
    }
  }

  /** Returns an int64 array that libtorch owns. */
  public static NDArray longs(NDManager manager, long[] values, long... shape) {
    try (NDArray borrowed = manager.create(LongBuffer.wrap(values), new Shape(shape))) {
      return borrowed.duplicate();
    }
  }

  /** Returns the array, handed to a manager: it outlives the scope it was made in. */
  public static NDArray kept(NDManager manager, NDArray array) {
    array.attach(manager);
    NDScope.unregister(array);
    return array;
  }

  /** Returns what is computed; all else that is made on the way is freed. */
  public static NDArray alone(Supplier<NDArray> computation) {
    NDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = computation.get();
      NDScope.unregister(result);
    }
    NDScope.register(result); // with whoever asked for it
    return result;
  }

  /** Runs the body with gradients recorded on this thread (or not), then restores the mode. */
  public static void withGradients(boolean recorded, Runnable body) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(recorded);
    try {
      body.run();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** Returns true if gradients are recorded on this thread. */
  public static boolean recordsGradients() {
    return JniUtils.isGradMode();
  }

  /** Adds the gradient of a scalar to every leaf that requires one. */
  public static void backward(NDArray scalar) {
    try (NDArray one = scalar.getManager().ones(scalar.getShape(), scalar.getDataType())) {
      Deferred.backward(scalar, one);
    }
  }

  /**
   * Adds the gradient of what an array was computed from to every leaf that requires one.
   *
   * @param gradient at the array, of its shape
   */
  public static void backward(NDArray array, NDArray gradient) {
    Deferred.backward(array, gradient);
  }

  /** Sets the accumulated gradient of a leaf to zero. */
  public static void zeroGradient(NDArray leaf) {
    JniUtils.zeroGrad((PtNDArray) leaf);
  }

  /** Begins to record which operators run on this thread, and for how long. */
  public static void startProfile() {
    JniUtils.startProfile(false, false, false);
  }

  /** Ends it, and writes a trace, which browsers draw at {@code chrome://tracing}. */
  public static void stopProfile(Path trace) {
    JniUtils.stopProfile(trace.toString());
  }

  /** Waits until the device has done all that was asked of it; call it before reading a clock. */
  public static void synchronize(NDArray anyArrayOfTheDevice) {
    if (anyArrayOfTheDevice.getDevice().isGpu()) {
      Pieces.read(anyArrayOfTheDevice, 0, 1);
    }
  }
}
