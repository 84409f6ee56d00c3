package io.nepenthe.timing;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Machine;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import java.util.List;

/** Keeps a run's timings those of one machine, because times of two do not compare. */
final class OtherMachines {
  private final Machine here;

  OtherMachines(Machine here) {
    this.here = here;
  }

  private boolean isOther(TimingResult timing) {
    return !timing.provenance().machine().equals(here);
  }

  /** Moves the timings of other machines out of the way, and returns those of this one. */
  List<TimingResult> keepAside(RunStore store) {
    store.timings().stream().filter(this::isOther).forEach(store::keepAside);
    return store.timings();
  }

  /**
   * Refuses to add to timings of another machine.
   *
   * @throws NepentheException with BAD_USAGE, naming both machines
   */
  void refuse(RunStore store) {
    store.timings().stream()
        .filter(this::isOther)
        .findFirst()
        .ifPresent(
            timing -> {
              throw new NepentheException(
                  ErrorCode.BAD_USAGE,
                  "winners in "
                      + store.folder()
                      + " were timed on machine "
                      + timing.provenance().machine().description()
                      + ", not on "
                      + here.description()
                      + ", and times of two machines do not compare. Give --replace-timings to keep"
                      + " those in timing/other-machines and time all winners here.");
            });
  }
}
