package io.nepenthe.run;

/** Who runs at a time, to know whose doing it can be when something has changed. */
final class Visits {
  private int present;
  private long arrivals;

  /** Somebody comes. */
  synchronized Visit arrive() {
    present++;
    arrivals++;
    return new Visit(present == 1, arrivals);
  }

  private synchronized boolean isLast(long number) {
    return arrivals == number;
  }

  private synchronized void leave() {
    present--;
  }

  /** The time from coming to going. */
  final class Visit implements AutoCloseable {
    private final boolean cameAlone;
    private final long number;

    private Visit(boolean cameAlone, long number) {
      this.cameAlone = cameAlone;
      this.number = number;
    }

    /** Returns true if nobody else was there since this came. */
    boolean isAlone() {
      return cameAlone && isLast(number);
    }

    @Override
    public void close() {
      leave();
    }
  }
}
