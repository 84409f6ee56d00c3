package io.nepenthe.timing;

import java.io.Serial;

/** A method could not be timed. Its message says why, as part of a sentence. */
final class TimingFailedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  TimingFailedException(String reason) {
    super(reason);
  }

  /** Says what went wrong where it began: JMH wraps it in several exceptions that say nothing. */
  TimingFailedException(Exception cause) {
    super(root(cause), cause);
  }

  private static String root(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable next = thrown; next != null; next = inner(next)) {
      root = next;
    }
    String message = root.getMessage();
    String words = message != null && message.contains(" ") ? message : root.toString();
    return words.lines().findFirst().orElse(words);
  }

  private static Throwable inner(Throwable thrown) {
    return thrown.getSuppressed().length > 0 ? thrown.getSuppressed()[0] : thrown.getCause();
  }
}
