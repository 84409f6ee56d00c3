package io.nepenthe.run;

import io.nepenthe.energy.EnergyInvocation;
import io.nepenthe.energy.EnergyMeter;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.machine.DaemonTimer;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds the time and energy of this call of the command to its run's {@code energy.json}: when
 * closed, when the process is told to end, and every minute before, so that a killed one loses no
 * more. In a folder that turns out to be of another run, it writes nothing. Thread-safe.
 */
public final class RunEnergy implements AutoCloseable {
  private static final Duration BETWEEN_SAVES = Duration.ofMinutes(1);

  private final RunStore store;
  private final Supplier<Optional<Provenance>> place;
  private final EnergyMeter meter;
  private final Instant startedAt = Instant.now();
  private final long startNanos = System.nanoTime();
  private final DaemonTimer timer;
  private final Thread atExit = new Thread(this::save, "save-energy");
  private @Nullable EnergyUse earlier; // guarded by this, as the next
  private boolean closed;

  /** Starts to count for a run, before it is executed. */
  public static RunEnergy of(SuiteRun run) {
    return new RunEnergy(run.store(), run::provenance, EnergyMeter.start(), BETWEEN_SAVES);
  }

  /**
   * Starts to count.
   *
   * @param place where this process runs; empty as long as the store may be another run's
   */
  RunEnergy(
      RunStore store,
      Supplier<Optional<Provenance>> place,
      EnergyMeter meter,
      Duration betweenSaves) {
    this.store = store;
    this.place = place;
    this.meter = meter;
    this.timer = new DaemonTimer("save-energy", betweenSaves, this::trySave);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private void trySave() {
    try {
      save();
    } catch (NepentheException e) {
      // the disk is full, say: the next save holds all that this one did, and the last one tells
    }
  }

  private synchronized void save() {
    Optional<Provenance> here = place.get();
    if (here.isEmpty() || closed) {
      return;
    }
    if (earlier == null) {
      earlier = store.energy().orElse(EnergyUse.NONE);
    }
    double wallSeconds = (System.nanoTime() - startNanos) / 1e9;
    store.put(
        earlier.plus(
            new EnergyInvocation(
                startedAt.toString(), wallSeconds, meter.read(), here.get().machine())));
  }

  /** Saves for the last time. */
  @Override
  public synchronized void close() {
    timer.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // it is running already
    }
    try {
      save();
    } finally {
      closed = true;
      meter.close();
    }
  }
}
