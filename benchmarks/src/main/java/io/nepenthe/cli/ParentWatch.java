package io.nepenthe.cli;

import java.util.Optional;

/**
 * Ends this process with the one that started it, where that asks for it. One that is killed cannot
 * end what it started, which would compute on for nobody, on a device that another has by then.
 */
final class ParentWatch {
  /** Variable of the environment that holds the process id of whom this process ends with. */
  static final String VARIABLE = "NEPENTHE_PARENT";

  private static final int TOLD_TO_END = 143;

  private ParentWatch() {}

  /** Starts to watch, if a parent is named. */
  static void start() {
    String id = System.getenv(VARIABLE);
    if (id != null && id.matches("\\d{1,18}")) {
      Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(id));
      Thread watch = new Thread(() -> endWith(parent), "end-with-parent");
      watch.setDaemon(true);
      watch.start();
    }
  }

  /** One that is gone already has no handle. Nobody reads what could be said. */
  private static void endWith(Optional<ProcessHandle> parent) {
    parent.ifPresent(process -> process.onExit().join());
    System.exit(TOLD_TO_END);
  }
}
