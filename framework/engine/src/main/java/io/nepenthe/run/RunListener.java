package io.nepenthe.run;

/** Hears what a run is doing. Called from several threads. */
public interface RunListener {
  /**
   * A piece of work has progressed.
   *
   * @param what names it, the same words each time
   * @param done steps done
   * @param total steps to do
   */
  void progressed(String what, long done, long total);

  /** Something the user should read: a damaged file, a failed trial. One line. */
  void warned(String line);
}
