package io.nepenthe.worker;

import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.sandbox.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request lets its worker reach: Java, the jar, the model and its rows; no run, no cache.
 */
public final class WorkerReach {
  private WorkerReach() {}

  /**
   * Returns it.
   *
   * @param own the worker's folder for temporary files
   */
  static Reach of(WorkerRequest request, Path own) throws IOException {
    List<Path> readable = new ArrayList<>(WorkerJvm.files(WorkerJvm.classPath()));
    readable.addAll(readable(request));
    List<Path> writable = new ArrayList<>();
    if (request instanceof WorkerRequest.Mitigate mitigate) {
      writable.add(Path.of(mitigate.folder()));
    } else if (request instanceof WorkerRequest.Train train) {
      Path folder = new CheckpointStore(Path.of(train.cache()), train.order().name()).folder();
      Files.createDirectories(folder);
      writable.add(folder);
    }
    return new Reach(own, readable, writable, usesGpu(request));
  }

  /** Returns what a request reads: its jar, the model, earlier ones, and the rows handed over. */
  public static List<Path> readable(WorkerRequest request) {
    List<Path> readable = new ArrayList<>();
    request.jar().map(Path::of).ifPresent(readable::add);
    if (request instanceof WorkerRequest.Mitigate mitigate) {
      readable.add(Path.of(mitigate.job().checkpoint()));
      mitigate.job().earlier().values().stream().map(Path::of).forEach(readable::add);
      readable.add(Path.of(mitigate.job().rows().path()));
    } else if (request instanceof WorkerRequest.Train train) {
      readable.add(Path.of(train.rows().path()));
    }
    return readable;
  }

  /** Returns true if a request computes on a GPU. */
  public static boolean usesGpu(WorkerRequest request) {
    return !"cpu".equals(request.device());
  }
}
