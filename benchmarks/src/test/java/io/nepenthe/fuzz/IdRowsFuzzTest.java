package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Files of token ids. */
class IdRowsFuzzTest extends ParserProperties {
  @Override
  List<byte[]> whole() {
    return List.of(
        "1,2,3\n4,5,6\n".getBytes(StandardCharsets.UTF_8),
        "10 20 30\r\n40 50 60\r\n\r\n70 80 90".getBytes(StandardCharsets.UTF_8),
        "7\t8\n9\t1\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("2147483648", "id", "1.0", "+1", "\t", "\u2028", "١");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_DATA);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Sequences rows = Sequences.readCsv(Files.write(place.resolve("rows.csv"), file));
    assertEquals(
        SaidIds.of(file),
        IntStream.range(0, rows.rows())
            .mapToObj(row -> Arrays.stream(rows.row(row)).boxed().toList())
            .toList());
  }
}
