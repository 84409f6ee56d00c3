package io.nepenthe.summary;

import io.nepenthe.runstore.RunStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Several runs of one suite, of one machine or several, read as one.
 *
 * @param run the union of what they hold
 * @param folders by id of a trial or original: the folder of the run that it is from
 */
public record MergedRun(StoredRun run, Map<String, Path> folders) {
  /**
   * Reads runs from their folders. Of one setting of a method on a task with a seed one trial is
   * kept: that of the folder named first, unless it is not valid and another's is.
   *
   * @param warnings receives one line per folder whose results differ from those kept
   * @throws io.nepenthe.protocol.NepentheException if the runs are not of one suite, fidelity and
   *     protocol version, or mean different things by the name of a task
   */
  public static MergedRun read(List<RunStore> stores, Consumer<String> warnings) {
    RunMerger merger = new RunMerger(warnings);
    stores.forEach(store -> merger.add(store.folder(), StoredResults.of(store)));
    return merger.merged();
  }
}
