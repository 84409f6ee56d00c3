package io.nepenthe.machine;

import io.nepenthe.tensor.DeviceName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who computes on a device of this machine: any number of sweeps at a time, or one timing alone.
 * The system gives it back when a process ends, however that ends. Where a file system knows no
 * locks, nobody is kept waiting.
 */
public final class DeviceUse implements AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration BETWEEN_WORDS = Duration.ofMinutes(10);

  private final List<FileChannel> held = new ArrayList<>();
  private final Path folder;
  private final Consumer<String> waits;

  private DeviceUse(Path folder, Consumer<String> waits) {
    this.folder = folder;
    this.waits = waits;
  }

  /** Returns where the processes of a machine that share a cache folder find each other. */
  public static Path folder(Path cache, String host) {
    return cache.resolve("devices").resolve(host);
  }

  /**
   * Waits until nobody times on any of the devices, and keeps those who would from it.
   *
   * @param devices "cpu", "gpu" (the first), "gpu1", ...
   * @param waits told, in one line, what is waited for, now and then
   */
  public static DeviceUse shared(Path folder, List<String> devices, Consumer<String> waits) {
    DeviceUse use = new DeviceUse(folder, waits);
    devices.stream()
        .map(DeviceUse::named)
        .distinct()
        .sorted()
        .forEach(each -> use.take(each, true));
    return use;
  }

  /**
   * Waits until nobody computes on the device, and keeps all others from it.
   *
   * @param waits told, in one line, what is waited for, now and then
   */
  public static DeviceUse alone(Path folder, String device, Consumer<String> waits) {
    DeviceUse use = new DeviceUse(folder, waits);
    use.take(named(device), false);
    return use;
  }

  private static String named(String device) {
    DeviceName name = DeviceName.of(device);
    return name.isGpu() ? "gpu" + name.index() : name.place();
  }

  private void take(String device, boolean shared) {
    long told = System.nanoTime() - BETWEEN_WORDS.toNanos();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Optional<FileChannel> taken = tried(device, shared);
        if (taken.isPresent()) {
          held.add(taken.get());
          return;
        }
      } catch (IOException e) {
        return; // nobody can be told of
      }
      if (System.nanoTime() - told >= BETWEEN_WORDS.toNanos()) {
        told = System.nanoTime();
        waits.accept(
            "waits for another nepenthe that "
                + (shared ? "takes times" : "computes")
                + " on "
                + device
                + " of this machine");
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  /** Returns the file whose lock was taken; empty if another has it. */
  private Optional<FileChannel> tried(String device, boolean shared) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(device + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = lock(channel, shared);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? Optional.empty() : Optional.of(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException e) {
      return null; // another part of this process has it
    }
  }

  /** Lets others compute. */
  @Override
  public synchronized void close() {
    for (FileChannel each : held) {
      try {
        each.close();
      } catch (IOException e) {
        // it is given back when this process ends
      }
    }
    held.clear();
  }
}
