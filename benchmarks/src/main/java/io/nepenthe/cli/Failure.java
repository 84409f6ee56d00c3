package io.nepenthe.cli;

import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ended a command, as one line and an exit code: whatever Java throws, errors included.
 *
 * @param line for the user
 * @param exitCode of the command
 */
record Failure(String line, int exitCode) {
  private static final int DEFECT = 1;

  static Failure of(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
      if (each instanceof NepentheException known) {
        return new Failure(oneLine(known.getMessage()), known.code().exitCode());
      }
      if (each instanceof OutOfMemoryError) {
        return new Failure(
            "memory is too small ("
                + oneLine(each.getMessage())
                + "). "
                + Memory.advice()
                + ", or ask for less.",
            ErrorCode.IO.exitCode());
      }
      if (each instanceof InvalidPathException path) {
        return new Failure(
            Json.line(path.getInput())
                + " cannot be the name of a file here ("
                + oneLine(path.getReason())
                + "). Where it is not ASCII, set LC_ALL to a UTF-8 locale, like C.UTF-8.",
            ErrorCode.IO.exitCode());
      }
      if (Memory.isRefusedByLibtorch(each)) {
        return new Failure(
            "memory is too small (" + oneLine(each.getMessage()) + "). Free some, or ask for less.",
            ErrorCode.IO.exitCode());
      }
      if (isOfNativeLibrary(each)) {
        return new Failure(
            "libtorch cannot be unpacked or loaded ("
                + oneLine(root(each).toString())
                + "). It needs 500 MB below NEPENTHE_HOME, in a place that lets programs run.",
            ErrorCode.IO.exitCode());
      }
      if (each instanceof IOException || each instanceof UncheckedIOException) {
        return new Failure(
            "a file cannot be read or written ("
                + oneLine(root(each).toString())
                + "). Mend that, and try again.",
            ErrorCode.IO.exitCode());
      }
    }
    return new Failure(
        "internal error: "
            + oneLine(thrown.toString())
            + ". Set NEPENTHE_DEBUG=1 for the stack trace.",
        DEFECT);
  }

  /** DJL unpacks and loads libtorch when its first class is used. */
  private static boolean isOfNativeLibrary(Throwable thrown) {
    boolean isOfDjl =
        thrown instanceof LinkageError || thrown.getClass().getName().startsWith("ai.djl.");
    return thrown instanceof UnsatisfiedLinkError || (isOfDjl && fromLoader(thrown));
  }

  private static boolean fromLoader(Throwable thrown) {
    for (StackTraceElement frame : root(thrown).getStackTrace()) {
      if (frame.getClassName().startsWith("ai.djl.") && frame.getClassName().endsWith("LibUtils")) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int i = 0; i < 20 && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }

  private static String oneLine(@Nullable String words) {
    return words == null ? "no reason given" : words.lines().findFirst().orElse("");
  }
}
