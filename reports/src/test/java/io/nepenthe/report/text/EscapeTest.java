package io.nepenthe.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.report.RunFixture;
import org.junit.jupiter.api.Test;

final class EscapeTest {
  @Test
  void markdown() {
    assertEquals(
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 50% \\_x\\_",
        Escape.markdown(RunFixture.HOSTILE));
    assertEquals("a \\| b \\[c\\](d) \\`e\\`", Escape.markdown("a | b\n[c](d) `e`"));
  }

  @Test
  void formula() {
    assertEquals("plain", Escape.formula("plain"));
    assertEquals("'=1+1", Escape.formula("=1+1"));
    assertEquals("'-1", Escape.formula("-1"));
    assertEquals("'@x y", Escape.formula("@x\ny"));
  }
}
