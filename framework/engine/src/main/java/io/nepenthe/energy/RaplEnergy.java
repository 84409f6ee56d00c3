package io.nepenthe.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Energy of the CPU packages, from the counters that Linux shows of them (RAPL, by powercap). Only
 * packages count: domains within one (cores, DRAM) are part of it on most machines, and "psys"
 * holds them all. On most systems only root may read the counters.
 */
final class RaplEnergy implements EnergySource {
  /** Where Linux has the counters. */
  static final Path FOLDER = Path.of("/sys/class/powercap");

  private static final double MICROJOULES_PER_WATT_HOUR = 3600e6;

  private final List<Counter> packages;
  private boolean lost;

  private RaplEnergy(List<Counter> packages) {
    this.packages = packages;
  }

  /** Starts to measure, if the folder has a package and every one can be read. */
  static Optional<RaplEnergy> find(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> domains = Files.list(folder)) {
      List<Counter> counters = new ArrayList<>();
      for (Path domain : domains.sorted().toList()) {
        if (isPackage(domain)) {
          counters.add(new Counter(domain));
        }
      }
      return counters.isEmpty() ? Optional.empty() : Optional.of(new RaplEnergy(counters));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // not allowed to
    }
  }

  private static boolean isPackage(Path domain) throws IOException {
    return domain.getFileName().toString().matches("intel-rapl:\\d+") // AMD's too
        && Files.readString(domain.resolve("name")).startsWith("package-");
  }

  @Override
  public void poll() {
    try {
      for (Counter counter : packages) {
        counter.advance();
      }
    } catch (IOException | RuntimeException e) {
      lost = true;
    }
  }

  @Override
  public @Nullable Double wattHours() {
    return lost
        ? null
        : packages.stream().mapToLong(counter -> counter.microjoules).sum()
            / MICROJOULES_PER_WATT_HOUR;
  }

  /** A counter of microjoules that starts again at 0 after its range: minutes under full load. */
  private static final class Counter {
    private final Path file;
    private final long range;
    private long last;
    private long microjoules;

    Counter(Path domain) throws IOException {
      file = domain.resolve("energy_uj");
      range = number(domain.resolve("max_energy_range_uj"));
      last = number(file);
    }

    void advance() throws IOException {
      long now = number(file);
      microjoules += now >= last ? now - last : now - last + range;
      last = now;
    }

    private static long number(Path file) throws IOException {
      return Long.parseLong(Files.readString(file).strip());
    }
  }
}
