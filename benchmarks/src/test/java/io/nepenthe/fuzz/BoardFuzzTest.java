package io.nepenthe.fuzz;

import io.nepenthe.leaderboard.BoardDefinition;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.yaml.YamlFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a board is and whom it lets in: {@code board.yaml}. */
class BoardFuzzTest extends ParserProperties {
  private static final String BOARD =
      """
      schema: nepenthe-board/1
      title: Forgetting on quick
      description: Methods that forget, on the suite quick.
      suites: [quick, "own.yaml"]
      seeds: [0, 1, 2]
      tier: re-run
      jars:
        act: [%1$s]
      keys:
        - author: A. Author
          key: 0123456789abcdef
        - {author: B. Author, key: "0000000000000000"}
      archives:
        - file: my-method.nepenthe
          date: 2026-01-31
          sha256: %1$s
          answer: The times were measured on a busy machine.
        - file: another.nepenthe
          date: "2026-02-01"
          sha256: %2$s
      """
          .formatted("0a".repeat(32), "b1".repeat(32));

  @Override
  List<byte[]> whole() {
    return List.of(BOARD.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("tier: 0", "tier: checked", "seeds:", "- file:", "null", "2026-02-30", "jars: ");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_SUITE);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path yaml = Files.write(place.resolve(BoardDefinition.FILE), file);
    BoardDefinition read =
        new YamlFolder<>(place, "board", BoardDefinition.class).read(yaml.toString());
    Said.inYaml(file, read);
  }
}
