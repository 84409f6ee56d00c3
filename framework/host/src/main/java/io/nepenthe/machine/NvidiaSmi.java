package io.nepenthe.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What NVIDIA's own program tells of the GPUs of this machine. */
public final class NvidiaSmi {
  private final List<String> program;

  /**
   * Prepares to ask.
   *
   * @param program how it is called, options come after it
   */
  public NvidiaSmi(List<String> program) {
    this.program = List.copyOf(program);
  }

  /** Returns the one on the PATH, which need not be there. */
  public static NvidiaSmi here() {
    return new NvidiaSmi(List.of("nvidia-smi"));
  }

  /** Returns a property of each GPU, a line each; null where nobody tells. */
  public @Nullable String lines(String property) {
    return asked(List.of(), List.of(property));
  }

  /** Returns properties of each GPU, in the order they are asked for; empty where nobody tells. */
  public List<List<String>> all(String... properties) {
    return table(asked(List.of(), List.of(properties)), properties.length);
  }

  /**
   * Returns properties of one GPU, in the order they are asked for; empty where nobody tells.
   *
   * @param gpu its number or its UUID
   */
  public List<String> of(String gpu, String... properties) {
    return table(asked(List.of("-i", gpu), List.of(properties)), properties.length).stream()
        .findFirst()
        .orElse(List.of());
  }

  private @Nullable String asked(List<String> which, List<String> properties) {
    List<String> command = new ArrayList<>(program);
    command.addAll(which);
    command.add("--query-gpu=" + String.join(",", properties));
    command.add("--format=csv,noheader,nounits");
    return CommandOutput.of(Path.of("."), command);
  }

  private static List<List<String>> table(@Nullable String told, int columns) {
    return told == null
        ? List.of()
        : told.lines()
            .map(line -> Stream.of(line.split(",", -1)).map(String::strip).toList())
            .filter(row -> row.size() == columns)
            .toList();
  }
}
