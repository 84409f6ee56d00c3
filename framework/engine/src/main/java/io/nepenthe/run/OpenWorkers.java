package io.nepenthe.run;

import io.nepenthe.worker.Workers;

/** Workers that end when this is closed, and with the process. */
public final class OpenWorkers implements AutoCloseable {
  private final Workers workers;
  private final Thread closer;

  private OpenWorkers(Workers workers) {
    this.workers = workers;
    this.closer = new Thread(workers::close, "close-workers");
    Runtime.getRuntime().addShutdownHook(closer);
  }

  /**
   * Starts workers where and how a run is executed.
   *
   * @param threads threads one operator may use
   */
  public static OpenWorkers of(RunSettings settings, int threads) {
    return new OpenWorkers(settings.workers().open(threads, settings.out(), settings.log()));
  }

  /** Returns them. */
  public Workers workers() {
    return workers;
  }

  @Override
  public void close() {
    workers.close();
    try {
      Runtime.getRuntime().removeShutdownHook(closer);
    } catch (IllegalStateException e) {
      // it is running: this process was told to end
    }
  }
}
