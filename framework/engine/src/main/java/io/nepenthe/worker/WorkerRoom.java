package io.nepenthe.worker;

import io.nepenthe.original.CheckpointStore;
import io.nepenthe.sandbox.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a request lets its worker reach: Java, its code, the jar, the model; no run, no cache. */
final class WorkerRoom {
  private WorkerRoom() {}

  static Room of(WorkerRequest request, Path own) throws IOException {
    List<Path> readable = new ArrayList<>(WorkerJvm.files());
    List<Path> writable = new ArrayList<>();
    request.jar().map(Path::of).ifPresent(readable::add);
    String device = "cpu";
    if (request instanceof WorkerRequest.Mitigate mitigate) {
      readable.add(Path.of(mitigate.job().checkpoint()));
      mitigate.job().earlier().values().stream().map(Path::of).forEach(readable::add);
      writable.add(Path.of(mitigate.folder()));
      device = mitigate.job().plan().device();
    } else if (request instanceof WorkerRequest.Train train) {
      Path folder = new CheckpointStore(Path.of(train.cache()), train.plan()).folder();
      Files.createDirectories(folder);
      writable.add(folder);
      device = train.plan().device();
    }
    return new Room(
        own.toAbsolutePath(), absolute(readable), absolute(writable), !"cpu".equals(device));
  }

  private static List<Path> absolute(List<Path> paths) {
    return paths.stream().filter(Files::exists).map(Path::toAbsolutePath).distinct().toList();
  }
}
