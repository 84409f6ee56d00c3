package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockedNgramsFileTest {
  private static final LanguageModel MODEL = new Gpt2(Gpt2Config.tinyMem(14, 8, 8, 1, 1));

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve(BlockedNgramsFile.NAME);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    BlockedNgrams blocked =
        BlockedNgrams.of(Sequences.of(2, List.of(new int[] {1, 13}, new int[] {0, 2})));
    BlockedNgramsFile.write(folder, blocked);
    assertEquals("0 2\n1 13\n", Files.readString(file()));
    assertEquals(blocked, BlockedNgramsFile.read(folder, MODEL));
  }

  @Test
  void whereNothingIsBlockedThereIsNoFile() throws IOException {
    Files.writeString(file(), "1 2\n");
    BlockedNgramsFile.write(folder, BlockedNgrams.NONE);
    assertFalse(Files.exists(file()));
    assertTrue(BlockedNgramsFile.read(folder, MODEL).isEmpty());
  }

  @Test
  void idsThatTheModelLacksAndLinksAreRefused() throws IOException {
    Files.writeString(file(), "1 2\n3 14\n");
    isRefused("id 14 is none of the model's 14 ids");
    Files.delete(file());
    Files.createSymbolicLink(file(), Files.writeString(folder.resolve("elsewhere"), "1 2\n"));
    isRefused("it is no plain file");
  }

  private void isRefused(String why) {
    NepentheException e =
        assertThrows(NepentheException.class, () -> BlockedNgramsFile.read(folder, MODEL));
    assertEquals(ErrorCode.BAD_DATA, e.code());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
