package io.nepenthe.worker;

/** A worker said what no worker says: it is not to be trusted any further. */
public final class BadAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one; the message is one line, for the user. */
  public BadAnswerException(String message) {
    super(message);
  }
}
