package io.nepenthe.task.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsDataSpecTest {
  private static final int LENGTH = 4;
  private static final TokenSource NO_TEXTS =
      (corpus, split, tokenizer) -> {
        throw new AssertionError("rows of files need no corpus");
      };

  @TempDir private Path folder;

  @BeforeEach
  void writeTheRequiredFiles() throws IOException {
    write("artifacts", "1 2 3 4\n1 2 4 4\n");
    write("twins", "1 2 3 3\n1 2 4 3\n");
    write("extra", "5 5 5 5\n6 6 6 6\n");
    write("test", "7 7 7 7\n");
  }

  private void write(String name, String rows) throws IOException {
    Files.writeString(folder.resolve(name + ".csv"), rows);
  }

  private RowsDataSpec spec() {
    return new RowsDataSpec(folder.toString(), LENGTH, 8, null);
  }

  private TaskData build() {
    return spec().build(new Window(2, 2), Set.of(), 0, NO_TEXTS);
  }

  private String source() {
    return spec().sourceHash(NO_TEXTS);
  }

  private String identity() {
    return spec().hash(build());
  }

  @Test
  void whatIsLeftOutFollowsFromTheOthers() {
    TaskData data = build();
    assertEquals(data.scored().artifacts(), data.planted());
    assertEquals(data.scored().twins(), data.plantedTwins());
    assertEquals(data.extra(), data.retained());
    assertEquals(data.planted().concat(data.extra()), data.train());
    assertEquals(List.of("test"), List.copyOf(data.tests().keySet()));
  }

  @Test
  void theSourceIsTheSameUntilOneIdOfAnyFileChanges() throws IOException {
    String before = source();
    assertEquals(before, source());
    write("extra", "5 5 5 5\n6 6 6 7\n");
    assertNotEquals(before, source());
    write("extra", "5 5 5 5\n6 6 6 6\n");
    assertEquals(before, source());
  }

  @Test
  void theSourceKnowsWhichFileHoldsWhat() throws IOException {
    String before = source();
    Files.move(folder.resolve("test.csv"), folder.resolve("test-other.csv"));
    assertNotEquals(before, source());
  }

  @Test
  void otherRowsToKeepAreAnotherIdentity() throws IOException {
    String kept = identity();
    write("retain", "6 6 6 6\n");
    String fewer = identity();
    write("retain", "5 5 5 5\n");
    assertNotEquals(kept, fewer);
    assertNotEquals(fewer, identity());
    Files.delete(folder.resolve("retain.csv"));
    assertEquals(kept, identity());
  }

  @Test
  void artifactsArePromptedWithTheirTwinsUnlessAFileSaysOtherwise() throws IOException {
    assertEquals(build().scored().twins(), build().scored().prompts());
    String before = identity();
    write("prompts", "1 1 0 0\n2 2 0 0\n");
    assertEquals(
        Sequences.of(LENGTH, List.of(new int[] {1, 1, 0, 0}, new int[] {2, 2, 0, 0})),
        build().scored().prompts());
    assertNotEquals(before, identity());
    assertEquals(Optional.empty(), spec().file("prompts"));
    write("prompts", "1 1 0 0\n");
    refuses("prompts.csv has ", "one for each of the artifacts'");
  }

  @Test
  void rowsToKeepAreWhatTheirFileSays() throws IOException {
    write("retain", "6 6 6 6\n");
    assertEquals(Sequences.of(LENGTH, List.of(new int[] {6, 6, 6, 6})), build().retained());
  }

  @Test
  void aFileForMethodsAloneIsPartOfTheIdentity() throws IOException {
    String without = identity();
    assertEquals(Optional.empty(), spec().file("answers"));
    write("answers", "6 6 6 6\n");
    assertEquals(
        Optional.of(Sequences.of(LENGTH, List.of(new int[] {6, 6, 6, 6}))), spec().file("answers"));
    String with = identity();
    assertNotEquals(without, with);
    write("answers", "6 6 6 5\n");
    assertNotEquals(with, identity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "test-more", "artifacts", "twins", "planted-twins", "extra"})
  void noMethodGetsTheTasksOwnFilesByName(String name) throws IOException {
    write("test-more", "6 6 6 6\n");
    assertEquals(Optional.empty(), spec().file(name));
  }

  @Test
  void rowsToValidateOnAreThereIfTheirFileIs() throws IOException {
    assertTrue(validation().isEmpty());
    write("validation", "6 6 6 6\n");
    assertEquals(1, validation().rows());
  }

  private Sequences validation() {
    return spec().validation(new Window(2, 2), Set.of(), 0, NO_TEXTS);
  }

  private void refuses(String... words) {
    NepentheException e = assertThrows(NepentheException.class, this::build);
    assertEquals(ErrorCode.BAD_DATA, e.code());
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage());
    }
  }

  @Test
  void plantedRowsHaveTwinsOfTheirOwn() throws IOException {
    write("planted", "2 2 2 2\n");
    refuses("planted-twins.csv is missing");
    write("planted-twins", "2 2 2 3\n2 2 2 4\n");
    refuses("planted.csv has 1 rows", "planted-twins.csv has 2");
    write("planted-twins", "2 2 2 3\n");
    assertEquals(1, build().plantedTwins().rows());
    Files.delete(folder.resolve("planted.csv"));
    refuses("planted.csv is missing");
  }

  @Test
  void artifactsHaveAsManyTwins() throws IOException {
    write("twins", "1 2 3 3\n");
    refuses("artifacts.csv has 2 rows", "twins.csv has 1");
    Files.delete(folder.resolve("twins.csv"));
    refuses("twins.csv is missing");
    Files.delete(folder.resolve("artifacts.csv"));
    refuses("artifacts.csv is missing");
  }

  @Test
  void aTestHasOneFile() throws IOException {
    write("test-test", "7 7 7 6\n");
    refuses("two files of the test 'test'");
  }

  @Test
  void whatIsKnownOfEachArtifactIsUsed() throws IOException {
    assertEquals(List.of(true, true), build().scored().eligible());
    String before = identity();
    write("windows", "1 2\n2 1\n");
    write("copies", "3\n1\n");
    TaskData data = build();
    assertEquals(List.of(new Window(1, 2), new Window(2, 1)), data.scored().windows());
    assertEquals(List.of(false, false), data.scored().eligible());
    assertEquals(List.of(3, 1), data.scored().copies());
    int[] first = {1, 2, 3, 4};
    int[] second = {1, 2, 4, 4};
    assertEquals(
        Sequences.of(LENGTH, List.of(first, first, first, second)).concat(data.extra()),
        data.train());
    write("eligible", "0\n1\n");
    assertEquals(List.of(false, true), build().scored().eligible());
    assertNotEquals(before, identity());
  }

  /** Copies weigh rows, so they are part of what a result is of. */
  @Test
  void otherCopiesAreAnotherIdentity() throws IOException {
    write("train", "1 2 3 4\n1 2 4 4\n5 5 5 5\n");
    String before = identity();
    write("copies", "1\n1\n");
    assertEquals(before, identity());
    write("copies", "1\n2\n");
    assertNotEquals(before, identity());
  }

  @Test
  void whatIsTrainedOnMayBeGiven() throws IOException {
    write("train", "5 5 5 5\n1 2 4 4\n1 2 3 4\n1 2 4 4\n");
    assertEquals(4, build().train().rows());
    write("train", "5 5 5 5\n1 2 4 4\n");
    refuses("train.csv lacks row 1 of the planted artifacts");
  }

  @Test
  void textThatIsRepeatedAsItIsCounts() throws IOException {
    write("twins", "1 2 3 4\n1 2 4 4\n");
    assertEquals(List.of(true, true), build().scored().eligible());
  }

  @Test
  void whatIsKnownOfOtherRowsIsRefused() throws IOException {
    write("windows", "2 2\n");
    refuses("windows.csv has 1 rows of 2 numbers, must have 2 for each of 2 rows");
    write("windows", "2 2\n2 3\n");
    refuses("windows.csv, line 2: prompt 2 and compare 3 end at 5, rows have 4 tokens");
    write("windows", "2 2\n2 0\n");
    refuses("windows.csv, line 2");
    Files.delete(folder.resolve("windows.csv"));
    write("copies", "1\n0\n");
    refuses("copies.csv, line 2: copies is 0, must be at least 1");
    Files.delete(folder.resolve("copies.csv"));
    write("eligible", "1\n2\n");
    refuses("eligible.csv, line 2: 2 must be 0 or 1");
  }
}
