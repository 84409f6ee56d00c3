package io.nepenthe.worker;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables that a process with foreign code gets: what it needs to compute, and none of the
 * user's, among which are passwords and tokens.
 */
public final class CleanEnvironment {
  private static final Pattern NEEDED =
      Pattern.compile(
          "PATH|LANG|LC_[A-Z]+|TZ|LD_LIBRARY_PATH|LD_PRELOAD|JAVA_HOME|DJL_CACHE_DIR"
              + "|(MALLOC|OMP|MKL|KMP|OPENBLAS|CUDA|CUBLAS|NVIDIA|PYTORCH|TORCH)_.*");

  private CleanEnvironment() {}

  /** Removes all others; temporary files and what programs keep at home go to its own folder. */
  public static void leave(Map<String, String> variables, Path own) {
    variables.keySet().removeIf(name -> !NEEDED.matcher(name).matches());
    variables.put("HOME", own.toString());
    variables.put("TMPDIR", own.toString());
  }
}
