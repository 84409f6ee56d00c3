package io.nepenthe.protocol;

/**
 * A mistake or damage the user can act on. The message is one line: what is wrong, where, and what
 * to do about it.
 */
public final class NepentheException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** Makes an exception without a cause. */
  public NepentheException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Makes an exception that keeps its cause. */
  public NepentheException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns the kind of mistake. */
  public ErrorCode code() {
    return code;
  }
}
