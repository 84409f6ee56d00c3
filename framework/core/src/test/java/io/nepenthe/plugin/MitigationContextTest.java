package io.nepenthe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MitigationContextTest {
  @AutoClose private final TinyContext tiny = new TinyContext();

  @Test
  void aForgetSetHasRows() {
    Sequences rows = Sequences.of(8, List.of(new int[8]));
    assertEquals(rows, tiny.context(Map.of(Need.FORGET_SET, rows)).forgetSet());
    MitigationContext none = tiny.context(Map.of(Need.FORGET_SET, Sequences.empty(8)));
    NepentheException e = assertThrows(NepentheException.class, none::forgetSet);
    assertEquals(ErrorCode.BAD_USAGE, e.code());
    assertTrue(e.getMessage().contains("no rows to forget"), e.getMessage());
  }

  @Test
  void rowsThatWereNotAskedForAreNoMistakeOfTheUser() {
    MitigationContext none = tiny.context(Map.of());
    String message = assertThrows(IllegalStateException.class, none::twins).getMessage();
    assertTrue(message.contains("add \"twins\" to needs in"), message);
  }
}
