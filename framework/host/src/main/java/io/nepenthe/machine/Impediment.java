package io.nepenthe.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells what a machine lacks (room on a disk, memory, open files) from what a method does wrong:
 * the first says nothing about the method, and may be over the next time. Only what Java,
 * libtorch's binding or this program threw themselves can tell it; a method may word its own
 * failures as it likes.
 */
public final class Impediment {
  /** As the C library words them; workers are started so that they are in English. */
  private static final List<String> SYSTEM_ERRORS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "File too large",
          "Too many open files",
          "Cannot allocate memory",
          "Resource temporarily unavailable",
          "Input/output error",
          "Stale file handle",
          "unable to create native thread");

  /** Also how a sandbox refuses what a method tries to write. */
  private static final String READ_ONLY = "Read-only file system";

  /** Where Java asks the system for files, processes and threads, and DJL for memory. */
  private static final List<String> ASK_THE_SYSTEM =
      List.of(
          "java.io.",
          "java.nio.",
          "sun.nio.",
          "java.net.",
          "sun.net.",
          "java.lang.Process",
          "java.lang.Thread",
          "java.util.zip.",
          "jdk.internal.misc.",
          "ai.djl.");

  private static final Pattern ASKED_BYTES = Pattern.compile("tried to allocate (\\d{1,18})");

  private static final int MOST_CAUSES = 100;

  private static final String OWN_LOADER = "app";

  private Impediment() {}

  /** Returns true if whatever was thrown while a method ran is the machine's doing. */
  public static boolean isCauseOf(Throwable thrown) {
    return causes(thrown).stream()
        .anyMatch(each -> isOwnTroubleWithFiles(each) || isSystemError(each));
  }

  /**
   * Returns true if whatever ended a request is the machine's doing: only this program's own
   * reading and writing throws what must be declared, but for a plugin that another compiler made.
   */
  public static boolean ends(Throwable thrown) {
    return isCauseOf(thrown)
        || (thrown instanceof IOException && places(thrown).noneMatch(Impediment::isOfAPlugin));
  }

  private static boolean isOwnTroubleWithFiles(Throwable thrown) {
    return thrown instanceof NepentheException known
        && known.code() == ErrorCode.IO
        && thrower(thrown).filter(Impediment::isOfThisProgram).isPresent();
  }

  private static boolean isOfThisProgram(StackTraceElement place) {
    return !isOfAPlugin(place) && place.getClassName().startsWith("io.nepenthe.");
  }

  /** A plugin's classes have a loader of their own, without a name, and are in no module. */
  private static boolean isOfAPlugin(StackTraceElement place) {
    return place.getModuleName() == null && !OWN_LOADER.equals(place.getClassLoaderName());
  }

  private static boolean asksTheSystem(StackTraceElement place) {
    return !isOfAPlugin(place)
        && ASK_THE_SYSTEM.stream().anyMatch(place.getClassName()::startsWith);
  }

  /** Returns true if the operating system lacked something, whoever made what was to be read. */
  public static boolean isOfTheSystem(Throwable thrown) {
    return causes(thrown).stream().anyMatch(Impediment::isSystemError);
  }

  /** Returns true if what was thrown while a model was read says nothing of the model. */
  public static boolean keepsFromReading(Throwable thrown) {
    return isCauseOf(thrown)
        || causes(thrown).stream()
            .anyMatch(
                each ->
                    each instanceof IOException
                        && !(each instanceof JsonProcessingException
                            || each instanceof EOFException));
  }

  private static boolean isSystemError(Throwable thrown) {
    if (thrower(thrown).filter(Impediment::asksTheSystem).isEmpty()) {
      return false;
    }
    Optional<String> message = message(thrown);
    return message
        .filter(words -> isLack(words, thrown) && !asksForMoreThanThereIs(words))
        .isPresent();
  }

  private static boolean isLack(String words, Throwable thrown) {
    return SYSTEM_ERRORS.stream().anyMatch(words::contains)
        || (words.contains(READ_ONLY)
            && Stream.of(thrown.getStackTrace()).noneMatch(Impediment::isOfAPlugin));
  }

  /** A method that asks for more memory than any process here can have is wrong itself. */
  private static boolean asksForMoreThanThereIs(String message) {
    Matcher asked = ASKED_BYTES.matcher(message);
    return asked.find() && Long.parseLong(asked.group(1)) > physicalBytes();
  }

  private static long physicalBytes() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /** Returns the place that made what was thrown. */
  private static Optional<StackTraceElement> thrower(Throwable thrown) {
    return places(thrown).findFirst();
  }

  private static Stream<StackTraceElement> places(Throwable thrown) {
    try {
      return Stream.of(thrown.getStackTrace());
    } catch (Throwable e) { // a plugin's own class
      return Stream.empty();
    }
  }

  private static Optional<String> message(Throwable thrown) {
    try {
      return Optional.ofNullable(thrown.getMessage());
    } catch (Throwable e) { // a plugin's own class
      return Optional.empty();
    }
  }

  private static Set<Throwable> causes(Throwable thrown) {
    Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = thrown;
        each != null && causes.size() < MOST_CAUSES && causes.add(each);
        each = cause(each)) {
      // all are collected
    }
    return causes;
  }

  private static Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable e) { // a plugin's own class
      return null;
    }
  }
}
