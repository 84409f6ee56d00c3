package io.nepenthe.run;

/** Who runs at a time, to know whose doing it can be when something has changed. */
final class Visits {
  private int present;
  private long arrivals;
  private boolean isDoubtful;
  private boolean oneAtATime;

  /** Somebody comes; if one at a time may, when nobody is there. */
  synchronized Visit arrive() throws InterruptedException {
    while (oneAtATime && present > 0) {
      wait();
    }
    present++;
    arrivals++;
    return new Visit(present == 1, arrivals);
  }

  private synchronized boolean isLast(long number) {
    return arrivals == number;
  }

  private synchronized void leave() {
    present--;
    notifyAll();
  }

  /** Returns true if something has changed while more than one was there. */
  synchronized boolean isDoubtful() {
    return isDoubtful;
  }

  private synchronized void doubt() {
    isDoubtful = true;
  }

  /** From now on one comes at a time, so that it shows whose doing it is. */
  synchronized void oneAtATime() {
    isDoubtful = false;
    oneAtATime = true;
  }

  /** The time from coming to going. */
  final class Visit implements AutoCloseable {
    private final boolean cameAlone;
    private final long number;

    private Visit(boolean cameAlone, long number) {
      this.cameAlone = cameAlone;
      this.number = number;
    }

    /** Returns true if a change must be its doing: nobody else was there since it came. */
    boolean isToBlame() {
      boolean isAlone = cameAlone && isLast(number);
      if (!isAlone) {
        doubt();
      }
      return isAlone;
    }

    @Override
    public void close() {
      leave();
    }
  }
}
