package io.nepenthe.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pf4j.Extension;

/**
 * Methods that misbehave, each in one way, so that tests can say what the engine makes of it.
 * {@link BrokenPlugin} gives each an id, a descriptor and a jar.
 */
public final class BrokenMethods {
  private BrokenMethods() {}

  /**
   * Hyper-parameters of every method here.
   *
   * @param strength ignored, in [0, 1]
   */
  public record Hyperparameters(double strength) {}

  private abstract static class Broken implements Unlearning<Hyperparameters> {
    @Override
    public final Class<Hyperparameters> hyperparameters() {
      return Hyperparameters.class;
    }
  }

  /** Ends with an exception. */
  @Extension
  public static final class Throws extends Broken {
    /** Message of the exception. */
    public static final String MESSAGE = "this method always fails";

    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      throw new IllegalStateException(MESSAGE);
    }
  }

  /** Never ends, but can be interrupted. */
  @Extension
  public static final class Hangs extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      for (long done = 0; ; done++) {
        context.progress(done, Long.MAX_VALUE);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** Never ends and takes no notice of an interrupt. */
  @Extension
  public static final class HangsStubbornly extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      while (hyperparameters.strength() >= 0) {
        LockSupport.parkNanos(1_000_000);
        Thread.interrupted();
      }
    }
  }

  /** Leaves weights that are no numbers. */
  @Extension
  public static final class ReturnsNan extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      Torch.withGradients(
          false,
          () -> {
            NDArray flat = context.weights().flat();
            try (NDArray nan = flat.getManager().full(flat.getShape(), Float.NaN)) {
              flat.addi(nan);
            }
          });
    }
  }

  /** Ends the process that runs it, as if all were well. */
  @Extension
  public static final class Exits extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      System.exit(0);
    }
  }

  /** Crashes the process that runs it, natively: DJL aborts when asked for bfloat16. */
  @Extension
  public static final class Crashes extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      context.weights().flat().toType(DataType.BFLOAT16, true).close();
    }
  }

  /** Fills the Java heap. */
  @Extension
  public static final class ExhaustsMemory extends Broken {
    private static final int CHUNK = 1 << 27;

    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      List<long[]> hoard = new ArrayList<>();
      while (hoard.size() < Integer.MAX_VALUE) {
        hoard.add(new long[CHUNK]);
        context.progress(hoard.size(), Integer.MAX_VALUE);
      }
    }
  }

  /** Changes nothing: odd, but allowed, and a valid result. */
  @Extension
  public static final class EditsNothing extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      context.progress(1, 1);
    }
  }

  /** Closes the weights it was given, so that there are none to hand back. */
  @Extension
  public static final class ClosesWeights extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      context.weights().close();
    }
  }

  /** Writes to standard output and standard error, which a worker may use for its own protocol. */
  @Extension
  public static final class Prints extends Broken {
    /** What it prints. */
    public static final String TEXT = "{\"this\": \"is not for you\"}";

    @Override
    @SuppressWarnings("SystemOut") // that is its fault
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      for (int i = 0; i < 1000; i++) {
        System.out.println(TEXT);
        System.err.println(TEXT);
      }
      System.out.close();
    }
  }

  /** Reads data that its descriptor does not ask for. */
  @Extension
  public static final class ReadsUndeclaredData extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      context.retainSet();
    }
  }

  /** Behaves, but its descriptor names a hyper-parameter that its record does not have. */
  @Extension
  public static final class WrongDescriptor extends Broken {
    @Override
    public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
      context.progress(1, 1);
    }
  }

  /** Returns localizations for none of the points it was asked about. */
  @Extension
  public static final class LocalizesNothing implements LocalizedUnlearning<Hyperparameters, Long> {
    @Override
    public Class<Hyperparameters> hyperparameters() {
      return Hyperparameters.class;
    }

    @Override
    public void localize(
        List<Hyperparameters> points,
        MitigationContext context,
        Localizations<Hyperparameters, Long> found) {
      // finds nothing
    }

    @Override
    public void edit(Long found, Hyperparameters hyperparameters, MitigationContext context) {
      throw new IllegalStateException("nothing was localized, and yet there is " + found);
    }
  }

  /** Edits the weights while it is asked to localize only. */
  @Extension
  public static final class EditsWhileLocalizing
      implements LocalizedUnlearning<Hyperparameters, Long> {
    @Override
    public Class<Hyperparameters> hyperparameters() {
      return Hyperparameters.class;
    }

    @Override
    public void localize(
        List<Hyperparameters> points,
        MitigationContext context,
        Localizations<Hyperparameters, Long> found) {
      Torch.withGradients(
          false, () -> context.weights().flat().subi(context.weights().flat().duplicate()));
      found.putForAll(points, 0L);
    }

    @Override
    public void edit(Long found, Hyperparameters hyperparameters, MitigationContext context) {
      context.progress(1, 1);
    }
  }
}
