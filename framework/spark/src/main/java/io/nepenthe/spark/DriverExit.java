package io.nepenthe.spark;

/** Exit codes of the driver, as those of the command. */
final class DriverExit {
  static final int DONE = 0;
  static final int DEFECT = 1;
  static final int BAD_USAGE = 2;
  static final int UNREADABLE = 8;
  static final int INCOMPLETE = 10;

  private DriverExit() {}
}
