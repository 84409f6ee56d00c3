package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.options.TimeValue;

class ForkMessagesTest {
  private static Object passed(Object sent) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.setObjectInputFilter(new ForkMessages());
      return in.readObject();
    }
  }

  @ParameterizedTest
  @MethodSource
  void whatJmhSaysIsTaken(Object sent) throws Exception {
    assertEquals(sent, passed(sent));
  }

  static List<Object> whatJmhSaysIsTaken() {
    return List.of(TimeValue.seconds(3), "text", new TreeMap<>(Map.of("a", List.of(1.5, 2L))));
  }

  @Test
  void anExceptionIsTaken() throws Exception {
    Exception sent = new NepentheException(ErrorCode.IO, "no room", new IOException("disk"));
    assertEquals("no room", ((Exception) passed(sent)).getMessage());
  }

  @ParameterizedTest
  @MethodSource
  void anythingElseIsRefused(Object sent) {
    assertThrows(InvalidClassException.class, () -> passed(sent));
  }

  static List<Object> anythingElseIsRefused() throws IOException {
    return List.of(
        URI.create("http://example.org").toURL(), // looked up where it is put into a map
        new TreeMap<>(Map.of("a", URI.create("x"))),
        new BigDecimal[] {BigDecimal.ONE});
  }
}
