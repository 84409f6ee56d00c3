package io.nepenthe.submission;

import java.util.List;
import java.util.regex.Pattern;

/** What may lie where in an archive: the files of a run that are read again, and nothing else. */
final class ArchivePaths {
  /** Who submits what. */
  static final String SUBMISSION = "submission.json";

  /** The signature of {@link #SUBMISSION}, if it is signed. */
  static final String SIGNATURE = "submission.sig";

  /** Folder of the run. */
  static final String RUN = "run/";

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";
  private static final Pattern FILE =
      Pattern.compile(
          "submission\\.(json|sig)"
              + "|run/(run|plan|summary|selection|energy)\\.json"
              + "|run/(trials|originals|timing|challenges)/"
              + NAME
              + "\\.json"
              + "|run/plugins/[0-9a-f]{64}\\.jar");
  private static final List<String> FOLDERS =
      List.of(
          "run/",
          "run/trials/",
          "run/originals/",
          "run/timing/",
          "run/challenges/",
          "run/plugins/");

  private ArchivePaths() {}

  /** Returns true if a file may lie there. */
  static boolean isFile(String path) {
    return FILE.matcher(path).matches();
  }

  /** Returns true for the path of a folder that files may lie in. */
  static boolean isFolder(String path) {
    return FOLDERS.contains(path);
  }
}
