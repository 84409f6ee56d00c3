package io.nepenthe.fuzz;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.suite.SuiteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Suites. */
class SuiteFuzzTest extends ParserProperties {
  private static final Path SUITES = Path.of("suites");

  @Override
  List<byte[]> whole() throws IOException {
    List<byte[]> whole = new ArrayList<>();
    try (Stream<Path> suites = Files.list(SUITES)) {
      for (Path suite :
          suites.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        whole.add(Files.readAllBytes(suite));
      }
    }
    return whole;
  }

  @Override
  List<String> words() {
    return List.of("seeds:", "tasks:", "kind: math", "grid: {ratio: [0.1]}", "- ", "  ", "<<: *a");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_SUITE);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path suite = Files.write(place.resolve("suite.yaml"), file);
    new SuiteReader(SUITES).read(suite.toString());
  }
}
