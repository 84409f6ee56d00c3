package io.nepenthe.submission;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.Versions;
import io.nepenthe.runstore.RunFile;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run was made with, as far as it can change a result: what somebody needs to repeat it.
 *
 * @param framework version of Nepenthe that packed it
 * @param commit of the sources that ran it, "unknown" outside a checkout; "+" if changed
 * @param protocol version of the measuring rules
 * @param djl version of DJL
 * @param libtorch version of libtorch
 * @param jdk vendor and version of the JDK
 * @param platform operating system, processor and, if one was used, GPU
 */
public record Lock(
    String framework,
    String commit,
    String protocol,
    String djl,
    String libtorch,
    String jdk,
    String platform) {
  /** Checks that all is stated. */
  public Lock {
    for (String each : new String[] {framework, commit, protocol, djl, libtorch, jdk, platform}) {
      if (each == null || each.isBlank()) {
        throw new IllegalArgumentException(
            "lock lacks one of framework, commit, protocol, djl, libtorch, jdk, platform");
      }
    }
  }

  /** Returns the lock of a run that this program packs. */
  public static Lock of(RunFile run) {
    Provenance by = run.provenance();
    return new Lock(
        Versions.framework(),
        by.gitCommit(),
        run.suite().protocol(),
        by.djl(),
        by.libtorch(),
        by.jdk(),
        platform(by));
  }

  /** Returns where something computed, in words. */
  static String platform(Provenance by) {
    return String.join(
        ", ",
        Stream.concat(
                Stream.of(by.os(), by.cpu()),
                by.gpu() == null ? Stream.of() : by.gpu().lines().distinct())
            .toList());
  }

  /** Returns in which of the words that do not name the packing program two locks differ. */
  List<String> differences(Lock other) {
    return Stream.of(
            difference("commit", commit, other.commit),
            difference("protocol", protocol, other.protocol),
            difference("djl", djl, other.djl),
            difference("libtorch", libtorch, other.libtorch),
            difference("jdk", jdk, other.jdk),
            difference("platform", platform, other.platform))
        .filter(words -> !words.isEmpty())
        .toList();
  }

  private static String difference(String what, String mine, String others) {
    return mine.equals(others) ? "" : what + " is '" + mine + "', not '" + others + "'";
  }
}
