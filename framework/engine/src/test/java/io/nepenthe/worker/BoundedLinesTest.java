package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
  @Test
  void aLongLineIsCutAndTheNextOneIsWhole() throws IOException {
    BoundedLines lines = new BoundedLines(new StringReader("12345678\nabc\n\ncut o"), 5);
    assertEquals("12345", lines.next());
    assertEquals("abc", lines.next());
    assertEquals("", lines.next());
    assertNull(lines.next());
  }
}
