package io.nepenthe.cli;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.FolderState;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.corpus.Documents;
import io.nepenthe.extraction.MemorizedText;
import io.nepenthe.extraction.Search;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.tensor.Torch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds what a model has memorized of a corpus. */
@Command(
    name = "find-memorized",
    description = {
      "Finds the windows of a corpus that a model has memorized, for 'nepenthe mitigate'.",
      "A window is memorized if greedy decoding from its first tokens alone writes the others; "
          + "nearly, if what it writes is close to them. Writes a line of JSON for each. The same "
          + "command continues a search that was ended."
    },
    mixinStandardHelpOptions = true)
final class FindMemorizedCommand implements Callable<Integer> {
  private static final String NAME = "find-memorized";
  private static final long KILOBYTE = 1000;

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--prompt",
      paramLabel = "N",
      description = "Tokens of a window that are given (default: ${DEFAULT-VALUE}).")
  private int prompt = 32;

  @Option(
      names = "--compare",
      paramLabel = "K",
      description = "Tokens after them that are compared (default: ${DEFAULT-VALUE}).")
  private int compare = 40;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description =
          "Tokens from one window to the next (default: as many as are compared, so that each token"
              + " is compared once).")
  private @Nullable Integer stride;

  @Option(
      names = "--near",
      paramLabel = "X",
      description =
          "Least similarity of nearly memorized windows, 1 less the edit distance over K (default:"
              + " ${DEFAULT-VALUE}); 1 finds exact ones only.")
  private double near = 0.75;

  @Option(
      names = "--candidates",
      paramLabel = "X",
      description =
          "A window is decoded, to see whether it is nearly memorized, if at least this share of its"
              + " compared tokens is the likeliest after the true ones before (default:"
              + " ${DEFAULT-VALUE}); 0 decodes all, which is slow.")
  private double candidates = 0.75;

  @Option(
      names = "--distinct",
      paramLabel = "N",
      description =
          "Windows with fewer different tokens among the compared ones are left out (default: 0.4 K,"
              + " which is 16 of 40).")
  private @Nullable Integer distinct;

  @Option(
      names = "--keep-duplicates",
      description = "Write windows that are much like another one that is written, too.")
  private boolean keepsAll;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Windows of one forward pass (default: ${DEFAULT-VALUE}).")
  private int batch = 64;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one operator (default: the processors of this machine).")
  private int threads = ThreadsOption.ofMachine();

  @Mixin private ComputeTypeOption compute = new ComputeTypeOption();

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "File to write, like found.jsonl; must not exist.")
  private Path out = Path.of(".");

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    Search search = search();
    Usage.requireWithin(NAME, "--threads", threads, Usage.MOST_THREADS);
    device.require(NAME);
    requireFree();
    PlainModels.require(model.folder());
    Torch.useThreads(threads);
    try (Console console = new Console()) {
      Optional<TextEncoding> encoding = corpus.encoding(model.folder());
      Documents documents = corpus.documents(encoding, console);
      MemorizedText.Summary summary = find(search, documents, encoding.orElse(null), console);
      json.print(summary, text(summary, search));
      return 0;
    }
  }

  private MemorizedText.Summary find(
      Search search, Documents documents, @Nullable TextEncoding encoding, Console console) {
    MemorizedText text = new MemorizedText(search, keepsAll, out.toAbsolutePath());
    try (NDManager manager = Torch.newManager(Torch.device(device.name()));
        ModelFolder.Loaded loaded = ModelFolder.read(model.folder(), manager)) {
      return text.find(
          loaded.model(),
          loaded.weights().computedIn(compute.type()).parameters(),
          FolderState.of(model.folder()) + " in " + compute.type(),
          documents,
          encoding,
          manager,
          (read, of) ->
              console.progressed("find-memorized, kB read", kilobytes(read), kilobytes(of)));
    }
  }

  private static long kilobytes(long bytes) {
    return (bytes + KILOBYTE - 1) / KILOBYTE;
  }

  private Search search() {
    try {
      return new Search(
          prompt,
          compare,
          stride == null ? compare : stride,
          near,
          candidates,
          distinct == null ? Search.distinctOf(compare) : distinct,
          batch);
    } catch (IllegalArgumentException e) {
      throw Usage.of(NAME, e.getMessage());
    }
  }

  private void requireFree() {
    Path folder = out.toAbsolutePath().getParent();
    if (Files.exists(out) || folder == null || !Files.isDirectory(folder)) {
      throw new NepentheException(
          ErrorCode.IO,
          out
              + (Files.exists(out)
                  ? " is there already"
                  : " would be in a folder that is not there")
              + ". Give --out a new file.");
    }
  }

  private String text(MemorizedText.Summary found, Search search) {
    return String.format(
        Locale.ROOT,
        "%,d windows of %,d documents read, %.0f tokens a second%n"
            + "%,d are memorized (%d, %d), %,d nearly (similarity of at least %s)%n"
            + "left out: %,d much like one of them%s, %,d of fewer than %d different tokens%n"
            + "%s%s%n",
        found.windows(),
        found.documents(),
        found.tokensPerSecond(),
        found.exact(),
        search.prompt(),
        search.compare(),
        found.near(),
        search.near(),
        found.duplicates(),
        found.duplicates() == 0 ? "" : " (--keep-duplicates writes them)",
        found.trivial(),
        search.distinct(),
        found.tooShort() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "%,d documents have fewer than %d tokens, and no window%n",
                found.tooShort(),
                search.length()),
        out);
  }
}
