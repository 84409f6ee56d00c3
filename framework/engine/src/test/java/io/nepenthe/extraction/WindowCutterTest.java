package io.nepenthe.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.Documents;
import io.nepenthe.protocol.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowCutterTest {
  private final RandomGenerator random = new RandomStreams(3).stream("test");
  @TempDir private Path folder;

  /** Text comes in parts: here each line of 64 kB is one, and an id is a character. */
  @Test
  void windowsAreThoseOfWholeDocumentsWhateverPartsTheyComeIn() throws IOException {
    for (int stride : new int[] {1, 3, 7, 1000, 70_001}) {
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 3; part++) {
        int length = (1 << 16) + random.nextInt(9);
        text.append("x".repeat(length)).append(random.nextInt(10)).append('\n');
      }
      Path file = Files.writeString(folder.resolve("text.txt"), text);
      Search search = new Search(4, 3, stride, 1, 1, 1, 50);
      List<String> found = new ArrayList<>();
      int[] sizes = {0, 0};
      WindowCutter cutter =
          new WindowCutter(
              search,
              256,
              (windows, read) -> {
                assertTrue(sizes[1] == sizes[0] * 50, "only the last batch is smaller");
                sizes[0]++;
                sizes[1] += windows.size();
                windows.forEach(window -> found.add(window.offset + text(window.ids)));
              });
      Documents.of(file, new Documents.Options(null, false), Characters::new).forEach(cutter);
      cutter.end();
      List<String> expected = new ArrayList<>();
      for (int at = 0; at + 7 <= text.length(); at += stride) {
        expected.add(at + text.substring(at, at + 7));
      }
      assertEquals(expected.size(), found.size());
      assertEquals(expected, found);
    }
  }

  private static String text(int[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> String.valueOf((char) id))
        .collect(Collectors.joining());
  }
}
