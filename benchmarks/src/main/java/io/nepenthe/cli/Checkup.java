package io.nepenthe.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.corpus.Corpus;
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.corpus.KnownCorpus;
import io.nepenthe.machine.InstalledLibtorch;
import io.nepenthe.machine.NvidiaSmi;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.sandbox.SandboxOffer;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at all that the program needs of a machine, or makes use of. */
final class Checkup {
  private static final double GIB = 1L << 30;
  private static final long LEAST_MEMORY = 4L << 30;
  private static final long LEAST_DISK = 2L << 30;
  private static final int OLDEST_JAVA = 17;
  private static final String CPU = "cpu";

  private Checkup() {}

  /** Returns what is found on this machine. */
  static List<Finding> ofThisMachine() {
    Provenance machine = ProvenanceReader.read(Places.home(), CPU, 1);
    return List.of(
        java(Runtime.version().feature(), machine.jdk()),
        Finding.of("processor", () -> Finding.ok("processor", processor(machine))),
        memory(machine.memoryBytes()),
        Finding.of("disk", () -> disk(Places.cache())),
        Finding.of("libtorch", Checkup::libtorch),
        Finding.of("gpu", Checkup::gpu),
        Finding.of("plugins", Checkup::plugins),
        Finding.of("corpora", Checkup::corpora),
        Finding.of("sandbox", () -> sandbox(SandboxOption.probe().offer())));
  }

  static Finding java(int feature, String jdk) {
    String found = jdk + ", heap of " + gibibytes(Runtime.getRuntime().maxMemory());
    return feature >= OLDEST_JAVA
        ? Finding.ok("java", found)
        : Finding.missing("java", found, "Set JAVA_HOME to a JDK 17 or later.");
  }

  private static String processor(Provenance machine) {
    return machine.cpu() + ", " + Words.count(machine.logicalCores(), "logical core");
  }

  static Finding memory(long bytes) {
    return bytes >= LEAST_MEMORY
        ? Finding.ok("memory", gibibytes(bytes))
        : Finding.note(
            "memory",
            gibibytes(bytes),
            "A worker is given 4 GiB: run one at a time (--workers 1), of small models.");
  }

  /** The cache folder need not be there yet. */
  private static Finding disk(Path cache) {
    Path there = cache;
    while (!Files.exists(there)) {
      there = Optional.ofNullable(there.getParent()).orElseThrow();
    }
    try {
      return disk(cache, Files.getFileStore(there).getUsableSpace(), Files.isWritable(there));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Finding disk(Path cache, long bytes, boolean isWritable) {
    String found = gibibytes(bytes) + " free for the cache folder " + cache;
    if (!isWritable) {
      return Finding.missing(
          "disk", cache + " cannot be written", "Set NEPENTHE_HOME to a folder that can.");
    }
    return bytes >= LEAST_DISK
        ? Finding.ok("disk", found)
        : Finding.missing("disk", found, "Free some, or set NEPENTHE_HOME to a larger disk.");
  }

  /** Loads it, and computes by an operator of DJL's and one of this program's own. */
  private static Finding libtorch() {
    Optional<InstalledLibtorch> installed = CorpusPlaces.installedEngine();
    CorpusPlaces.useInstalledEngine();
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray x = Torch.floats(manager, new float[] {-1, 2}, 2);
      float[] computed = Ops.relu(x.add(x)).toFloatArray();
      if (!Arrays.equals(computed, new float[] {0, 4})) {
        throw new NepentheException(
            ErrorCode.NOT_READY, "it computes " + Arrays.toString(computed) + " for [0, 4]");
      }
    }
    return Finding.ok(
        "libtorch",
        InstalledLibtorch.Binding.onClassPath().version()
            + "+"
            + flavor()
            + installed.map(each -> " in " + each.folder()).orElse(", which comes along"));
  }

  private static String flavor() {
    return CorpusPlaces.installedEngine()
        .map(InstalledLibtorch::flavor)
        .orElseGet(() -> Torch.isBuiltForGpus() ? "CUDA" : CPU);
  }

  private static Finding gpu() {
    return gpu(
        NvidiaSmi.here().all("name", "driver_version", "memory.total"), Torch.gpus(), flavor());
  }

  /**
   * Returns what is found of GPUs.
   *
   * @param told name, driver and MiB of memory of each, as the driver tells
   * @param usable how many of them libtorch can use
   * @param flavor of libtorch
   */
  static Finding gpu(List<List<String>> told, int usable, String flavor) {
    String found =
        told.stream()
            .map(each -> "%s (driver %s, %s MiB)".formatted(each.toArray()))
            .collect(Collectors.joining(", "));
    if (usable > 0) {
      String used = usable + " that libtorch can use";
      return Finding.ok("gpu", found.isEmpty() ? used : used + ": " + found);
    }
    if (!CPU.equals(flavor)) {
      return Finding.missing(
          "gpu",
          found.isEmpty() ? "none, and libtorch is built for some" : found + ", none is usable",
          "Install a driver that knows CUDA of " + flavor + ", and see CUDA_VISIBLE_DEVICES.");
    }
    return found.isEmpty()
        ? Finding.note("gpu", "none", "All is computed on the processor.")
        : Finding.note(
            "gpu",
            found + ", not used: this libtorch is the processor's",
            "Set PYTORCH_LIBRARY_PATH to the lib folder of one for CUDA: see docs/gpu.md.");
  }

  private static Finding plugins() {
    PluginCatalog catalog = Places.plugins(null);
    return plugins(catalog.all().size(), catalog.rejections());
  }

  static Finding plugins(int methods, List<String> rejections) {
    String found = Words.count(methods, "method");
    if (methods == 0 || !rejections.isEmpty()) {
      return Finding.missing(
          "plugins",
          Stream.concat(Stream.of(found), rejections.stream()).collect(Collectors.joining("; ")),
          "Build them: mvn -q package -DskipTests, in " + Places.home() + ".");
    }
    return Finding.ok("plugins", found);
  }

  private static Finding corpora() {
    return corpora(Corpora.fromEnvironment(line -> {}).all().stream().map(Corpus::name).toList());
  }

  static Finding corpora(List<String> here) {
    List<KnownCorpus> others =
        Stream.of(KnownCorpus.values()).filter(each -> !here.contains(each.id())).toList();
    String found = here.isEmpty() ? "none" : String.join(", ", here);
    return others.isEmpty()
        ? Finding.ok("corpora", found)
        : Finding.note(
            "corpora",
            found,
            "For tasks of language: "
                + others.stream().map(Checkup::fetch).collect(Collectors.joining(", "))
                + ".");
  }

  private static String fetch(KnownCorpus corpus) {
    return "nepenthe data fetch %s (%d MB)".formatted(corpus.id(), corpus.megabytes());
  }

  static Finding sandbox(SandboxOffer offer) {
    return offer.sandbox().contains()
        ? Finding.ok("sandbox", offer.sandbox().name())
        : Finding.note(
            "sandbox",
            "none: " + offer.lack(),
            "Plugins run with your own rights; install bubblewrap to run those of strangers.");
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
