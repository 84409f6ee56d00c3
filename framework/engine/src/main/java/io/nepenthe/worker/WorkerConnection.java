package io.nepenthe.worker;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The judge's end of one worker: a request goes out, answers come in. */
public interface WorkerConnection extends AutoCloseable {
  /** Sends a request; if the worker is gone, the next {@link #receive} says so. */
  void send(WorkerRequest request);

  /**
   * Waits for the next answer.
   *
   * @return null if none came in time
   * @throws WorkerDiedException if the worker is gone
   */
  @Nullable WorkerAnswer receive(Duration timeout) throws InterruptedException, WorkerDiedException;

  /** Ends the worker at once. */
  @Override
  void close();
}
