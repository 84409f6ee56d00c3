package io.nepenthe.timing;

import com.sun.jna.platform.unix.LibCAPI;
import io.nepenthe.worker.WorkerJvm;
import java.nio.file.Path;
import java.util.List;
import joptsimple.OptionParser;
import org.apache.commons.math3.util.FastMath;
import org.openjdk.jmh.runner.Runner;
import oshi.SystemInfo;

/**
 * Has JMH start forks with the class path of workers, and with what a fork needs of this module and
 * its libraries. JMH takes the class path from a property, which is as it was once this is closed.
 */
final class ForkClassPath implements AutoCloseable {
  private static final String PROPERTY = "java.class.path";

  private final String whole = System.getProperty(PROPERTY);

  ForkClassPath() {
    System.setProperty(PROPERTY, WorkerJvm.asOption(entries()));
  }

  /** Returns what is on it. */
  static List<Path> entries() {
    return WorkerJvm.classPath(
        Fork.class,
        Runner.class,
        OptionParser.class,
        FastMath.class,
        SystemInfo.class,
        LibCAPI.class);
  }

  @Override
  public void close() {
    System.setProperty(PROPERTY, whole);
  }
}
