package io.nepenthe.spark;

import java.io.IOException;

/**
 * A machine kept a unit from being done: worth another try, on another machine if there is one. Its
 * message is one line, which the driver finds again in what Spark says of the task.
 */
final class UnitFailedException extends IOException {
  private static final long serialVersionUID = 1;

  UnitFailedException(String line) {
    super(line);
  }
}
