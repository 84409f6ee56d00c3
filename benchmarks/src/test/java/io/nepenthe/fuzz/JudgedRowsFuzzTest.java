package io.nepenthe.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.rows.JudgedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said of each row by {@code windows.csv}, {@code eligible.csv} and {@code copies.csv}. */
class JudgedRowsFuzzTest extends ParserProperties {
  private static final int LENGTH = 6;
  private static final Sequences ROWS =
      Sequences.of(
          LENGTH,
          List.of(new int[LENGTH], new int[] {1, 2, 3, 4, 5, 6}, new int[] {6, 5, 4, 3, 2, 1}));
  private static final List<Window> USUAL = Collections.nCopies(3, new Window(2, 3));

  @Override
  List<byte[]> whole() {
    return List.of(
        "2,3\n1,4\n3,1\n".getBytes(UTF_8),
        "1\n0\n1\n".getBytes(UTF_8),
        "3\n1\n2\n".getBytes(UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("2147483647", "0", "-1", "1.0", "true", "0,6", "\n");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_DATA);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path csv = Files.write(place.resolve("rows.csv"), file);
    NepentheException last = null;
    int read = 0;
    for (Reading reading : Reading.values()) {
      try {
        List<List<Integer>> found = reading.of(csv);
        assertEquals(SaidIds.of(file), found, reading.name());
        read++;
      } catch (NepentheException e) {
        last = e;
      }
    }
    if (read == 0) {
      throw last;
    }
  }

  private enum Reading {
    WINDOWS {
      @Override
      List<List<Integer>> of(Path csv) {
        return JudgedRows.windows(csv, ROWS).stream()
            .map(window -> List.of(window.prompt(), window.compare()))
            .toList();
      }
    },
    ELIGIBLE {
      @Override
      List<List<Integer>> of(Path csv) {
        return rows(Optional.of(csv), Optional.empty()).eligible().stream()
            .map(counts -> List.of(counts ? 1 : 0))
            .toList();
      }
    },
    COPIES {
      @Override
      List<List<Integer>> of(Path csv) {
        return rows(Optional.empty(), Optional.of(csv)).copies().stream().map(List::of).toList();
      }
    };

    abstract List<List<Integer>> of(Path csv);

    private static ArtifactRows rows(Optional<Path> eligible, Optional<Path> copies) {
      return JudgedRows.of(ROWS, ROWS, USUAL, eligible, copies);
    }
  }
}
