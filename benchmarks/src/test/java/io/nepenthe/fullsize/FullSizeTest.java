package io.nepenthe.fullsize;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nepenthe.cli.Nepenthe;
import io.nepenthe.files.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on models of real size, each in a process of its own; what they take of memory and time
 * is printed. Nothing of it stays on the disk. {@code -Dfullsize.layers=3} makes the models as wide
 * and less deep, {@code -Djava.io.tmpdir} says where they lie.
 */
@Tag("fullsize")
final class FullSizeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LAYERS = Integer.getInteger("fullsize.layers", 32);
  private static final double MOST_OF_A_LOAD = 1.2;
  private static final double GB = 1e9;
  private static final double MOST_GB = 20;
  private static final double MOST_TO_SCORE_GB = 8;
  private static final double SPARE_GB = 2;
  private static final int LENGTH = 80;
  private static final long LOOK_MILLIS = 50;
  private static final Pattern ALLOCATOR =
      Pattern.compile("export (?<name>MALLOC_\\w+)=.*:-(?<value>\\d+)}");

  @TempDir private static Path folder;
  private final SplittableRandom random = new SplittableRandom(2);

  @BeforeAll
  static void requireLinux() {
    assumeTrue(
        Files.exists(Path.of("/proc/self/status")),
        "this system does not tell what processes hold");
  }

  @Test
  void aPythiaOf2800MIsScoredAndEdited() throws IOException, InterruptedException {
    PythiaFolder shape = PythiaFolder.of2800M(LAYERS);
    Path model = written(shape, 2);
    Path forget = rows(shape, 8);
    Path retain = rows(shape, 8);
    assertAll(
        () -> {
          double peak = peakGb("2.8B score", "score", "--model", model, "--rows", forget);
          assertTrue(peak < MOST_TO_SCORE_GB, "score held " + peak + " GB");
        },
        () -> assertEdits(model, "act", "--forget", forget, "--set", "ratio=0.01"),
        () -> assertEdits(model, "durable-agg", "--forget", forget, "--set", "ratio=0.001"),
        () ->
            assertEdits(
                model,
                "balanced-subnet",
                "--forget",
                forget,
                "--retain",
                retain,
                "--set",
                "epochs=1"));
    Folders.delete(model);
  }

  @Test
  void aPythiaOf6900MIsScored() throws IOException, InterruptedException {
    PythiaFolder shape = PythiaFolder.of6900M(LAYERS);
    Path model = written(shape, 1);
    double peak = peakGb("6.9B score", "score", "--model", model, "--rows", rows(shape, 2));
    assertLoadIsLean(shape, peak);
    Folders.delete(model);
  }

  /** Writes a model where there is room for so many of it. */
  private static Path written(PythiaFolder shape, int times) throws IOException {
    double free = Files.getFileStore(folder).getUsableSpace() / GB;
    double needed = times * shape.bytes() / GB + SPARE_GB;
    assumeTrue(free > needed, folder + " has no room for " + needed + " GB");
    Path model = folder.resolve("model");
    long start = System.nanoTime();
    shape.write(model);
    report("%.1f GB written in %.0f s", shape.bytes() / GB, seconds(start));
    return model;
  }

  private Path rows(PythiaFolder shape, int count) throws IOException {
    Path file = Files.createTempFile(folder, "rows", ".csv");
    Files.write(
        file,
        IntStream.range(0, count)
            .mapToObj(
                row ->
                    random
                        .ints(LENGTH, 0, Math.toIntExact(shape.vocabulary()))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")))
            .toList());
    return file;
  }

  private static void assertLoadIsLean(PythiaFolder shape, double peakGb) {
    double size = shape.bytes() / GB;
    assertTrue(LAYERS < 32 || peakGb < MOST_OF_A_LOAD * size, peakGb + " GB of " + size);
  }

  private static void assertEdits(Path model, String method, Object... options)
      throws IOException, InterruptedException {
    Path edited = folder.resolve("edited");
    List<Object> command = new ArrayList<>(List.of("apply", method, "--model", model));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("--prompt", 32, "--threads", 2, "--sandbox", "off", "--out", edited));
    double peak = peakGb("2.8B apply " + method, command.toArray());
    assertOnlyMlpsDiffer(model, edited);
    assertTrue(peak < MOST_GB, method + " held " + peak + " GB");
  }

  private static void assertOnlyMlpsDiffer(Path model, Path edited) throws IOException {
    assertEquals(names(model), names(edited));
    TreeSet<String> changed = new TreeSet<>();
    for (String name : names(model)) {
      if (name.endsWith(".safetensors")) {
        changed.addAll(differing(model.resolve(name), edited.resolve(name)));
      } else {
        assertEquals(-1, Files.mismatch(model.resolve(name), edited.resolve(name)), name);
      }
    }
    assertFalse(changed.isEmpty(), "nothing was edited");
    assertTrue(changed.stream().allMatch(name -> name.contains(".mlp.")), changed.toString());
    Folders.delete(edited);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Returns the tensors of two files that differ; they have the same header. */
  private static List<String> differing(Path before, Path after) throws IOException {
    List<String> differing = new ArrayList<>();
    try (FileChannel first = FileChannel.open(before);
        FileChannel second = FileChannel.open(after)) {
      long length = part(first, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      long start = Long.BYTES + length;
      assertEquals(first.size(), second.size());
      assertEquals(part(first, 0, start), part(second, 0, start));
      byte[] header = new byte[Math.toIntExact(length)];
      part(first, Long.BYTES, length).get(header);
      for (Map.Entry<String, JsonNode> tensor : JSON.readTree(header).properties()) {
        JsonNode range = tensor.getValue().path("data_offsets");
        long from = start + range.path(0).asLong();
        long size = range.path(1).asLong() - range.path(0).asLong();
        if (!part(first, from, size).equals(part(second, from, size))) {
          differing.add(tensor.getKey());
        }
      }
    }
    return differing;
  }

  private static ByteBuffer part(FileChannel file, long from, long size) throws IOException {
    return file.map(FileChannel.MapMode.READ_ONLY, from, size);
  }

  /** Runs a command as the launcher would; returns the largest memory that it held, in GB. */
  private static double peakGb(String what, Object... arguments)
      throws IOException, InterruptedException {
    Path printed = Files.createTempFile(folder, "printed", ".txt");
    long start = System.nanoTime();
    Process process = started(printed, arguments);
    double peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakGb(process.pid()));
      Thread.sleep(LOOK_MILLIS);
    }
    String text = Files.readString(printed);
    assertEquals(0, process.exitValue(), text);
    report("| %s | %.0f | %.1f |%n%s", what, seconds(start), peak, text);
    return peak;
  }

  private static Process started(Path printed, Object... arguments) throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(List.of("-DOPT_OUT_TRACKING=true", "-Dnepenthe.home.dir=" + root));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Nepenthe.class.getName());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    try (Stream<String> launcher = Files.lines(root.resolve("nepenthe"))) {
      launcher
          .map(ALLOCATOR::matcher)
          .filter(Matcher::matches)
          .forEach(line -> builder.environment().put(line.group("name"), line.group("value")));
    }
    return builder.start();
  }

  private static double peakGb(long process) {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")) / GB)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // gone by now
    }
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / GB;
  }

  private static void report(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values).strip());
  }
}
