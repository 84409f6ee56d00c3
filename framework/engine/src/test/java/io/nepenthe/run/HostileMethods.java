package io.nepenthe.run;

import ai.djl.engine.EngineException;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.pf4j.Extension;

/** Methods that mean harm, one by each strength. */
public final class HostileMethods {
  private HostileMethods() {}

  /** What a method does in place of its work. */
  interface Harm {
    void to(MitigationContext context) throws Throwable;
  }

  /** Each harm within a process, by the number that asks for it. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Act {
    SAYS_IN_JAVAS_NAME_THAT_A_DISK_IS_FULL(
        context -> {
          throw forged(new IOException("No space left on device"), "java.io.FileOutputStream");
        }),
    SAYS_IN_DJLS_NAME_THAT_MEMORY_IS_FULL(
        context -> {
          throw forged(
              new EngineException("Error code 12 (Cannot allocate memory)"),
              "ai.djl.pytorch.jni.PyTorchLibrary");
        }),
    SAYS_IN_OUR_NAME_THAT_NOTHING_CAN_BE_WRITTEN(
        context -> {
          throw forged(
              new NepentheException(ErrorCode.IO, "cannot write the model"),
              "io.nepenthe.host.WorkerLoop");
        }),
    LETS_US_SAY_IT(context -> ModelFolder.readModel(Path.of("/proc/1/no-such/model"))),
    SAYS_IT_DEEP_INSIDE(
        context -> {
          throw new IllegalStateException(
              "outside",
              forged(new Error("Too many open files"), "sun.nio.fs.UnixFileSystemProvider"));
        }),
    SAYS_THAT_THE_USER_INTERRUPTED(
        context -> {
          throw new NepentheException(ErrorCode.INTERRUPTED, "interrupted");
        }),
    THROWS_AN_INTERRUPT(
        context -> {
          throw new InterruptedException("stop");
        }),
    THROWS_THE_DEATH_OF_A_THREAD(
        context -> {
          throw new ThreadDeath();
        }),
    OVERFLOWS_THE_STACK(context -> context.progress(overflow(1), 1)),
    THROWS_WHAT_THROWS_WHEN_IT_IS_LOOKED_AT(
        context -> {
          throw new Untouchable();
        }),
    THROWS_CAUSES_WITHOUT_END(
        context -> {
          throw new Endless();
        }),
    LEAVES_AN_INTERRUPT(context -> Thread.currentThread().interrupt());

    private final Harm harm;

    Act(Harm harm) {
      this.harm = harm;
    }

    /** Returns the hyper-parameter that asks for it. */
    double strength() {
      return (List.of(values()).indexOf(this) + 1) / 1000.0;
    }

    private static Act of(double strength) {
      return Stream.of(values()).filter(act -> act.strength() == strength).findAny().orElseThrow();
    }

    private static int overflow(int depth) {
      return depth < 0 ? 0 : overflow(depth + 1) + 1;
    }
  }

  private static Throwable forged(Throwable thrown, String thrower) {
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("app", "java.base", "17", thrower, "write", null, 1)
        });
    return thrown;
  }

  /** Fails again whatever is asked of it. */
  private static final class Untouchable extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw this;
    }

    @Override
    public String toString() {
      throw this;
    }

    @Override
    public synchronized Throwable getCause() {
      throw this;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw this;
    }
  }

  /** Has a new cause each time. */
  private static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Endless() {
      super("endless", null, false, false);
    }

    @Override
    public synchronized Throwable getCause() {
      return new Endless();
    }
  }

  /** Does the act of its strength, then scales weights as a method that behaves. */
  @Extension
  public static final class Acts implements Unlearning<TestMethods.Strength> {
    @Override
    public Class<TestMethods.Strength> hyperparameters() {
      return TestMethods.Strength.class;
    }

    @Override
    public void mitigate(TestMethods.Strength hyperparameters, MitigationContext context) {
      try {
        Act.of(hyperparameters.strength()).harm.to(context);
      } catch (Throwable e) {
        throw HostileMethods.<RuntimeException>undeclared(e);
      }
      new TestMethods.Shrinks().mitigate(hyperparameters, context);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Never comes to an end where its class is made ready. */
  @Extension
  public static final class HangsAsAClass implements Unlearning<TestMethods.Strength> {
    private static final Object READY = hang();

    @Override
    public Class<TestMethods.Strength> hyperparameters() {
      return TestMethods.Strength.class;
    }

    @Override
    public void mitigate(TestMethods.Strength hyperparameters, MitigationContext context) {
      throw new IllegalStateException(String.valueOf(READY));
    }
  }

  /** Never comes to an end where it is made. */
  @Extension
  public static final class HangsInConstructor implements Unlearning<TestMethods.Strength> {
    /** Does not return. */
    public HangsInConstructor() {
      hang();
    }

    @Override
    public Class<TestMethods.Strength> hyperparameters() {
      return TestMethods.Strength.class;
    }

    @Override
    public void mitigate(TestMethods.Strength hyperparameters, MitigationContext context) {}
  }

  /** Never comes to an end where it is asked for its record. */
  @Extension
  public static final class HangsWhenAsked implements Unlearning<TestMethods.Strength> {
    @Override
    public Class<TestMethods.Strength> hyperparameters() {
      hang();
      return TestMethods.Strength.class;
    }

    @Override
    public void mitigate(TestMethods.Strength hyperparameters, MitigationContext context) {}
  }

  private static Object hang() {
    while (true) {
      LockSupport.park();
      Thread.interrupted();
    }
  }

  /**
   * Leaves its process as unusable as it can, and its threads running, and does its work; what it
   * leaves must keep neither its own result nor another from being handed over.
   */
  @Extension
  public static final class Spoils implements Unlearning<TestMethods.Strength> {
    @Override
    public Class<TestMethods.Strength> hyperparameters() {
      return TestMethods.Strength.class;
    }

    @Override
    public void mitigate(TestMethods.Strength hyperparameters, MitigationContext context) {
      new TestMethods.Shrinks().mitigate(hyperparameters, context);
      Runtime.getRuntime().addShutdownHook(new Thread(HostileMethods::hang));
      for (boolean daemon : new boolean[] {true, false}) {
        Thread left = new Thread(HostileMethods::hang);
        left.setDaemon(daemon);
        left.start();
      }
      Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> hang());
      Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      try {
        System.in.close();
        System.out.close();
        System.err.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      System.setIn(null);
      System.setOut(null);
      System.setErr(null);
      System.setProperties(new Properties());
      Thread.currentThread().interrupt();
    }
  }
}
