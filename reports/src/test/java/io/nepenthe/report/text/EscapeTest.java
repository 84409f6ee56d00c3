package io.nepenthe.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.report.RunFixture;
import org.junit.jupiter.api.Test;

final class EscapeTest {
  @Test
  void html() {
    assertEquals(
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 50% _x_", Escape.html(RunFixture.HOSTILE));
    assertEquals("&quot;&#39;", Escape.html("\"'"));
  }

  @Test
  void markdown() {
    assertEquals(
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 50% \\_x\\_",
        Escape.markdown(RunFixture.HOSTILE));
    assertEquals("a \\| b \\[c\\](d) \\`e\\`", Escape.markdown("a | b\n[c](d) `e`"));
  }

  @Test
  void latex() {
    assertEquals(
        "\\textless{}script\\textgreater{}alert(1)\\textless{}/script\\textgreater{} \\& 50\\% \\_x\\_",
        Escape.latex(RunFixture.HOSTILE));
    assertEquals("\\textbackslash{}input\\{x\\}\\$\\#", Escape.latex("\\input{x}$#"));
  }

  @Test
  void csv() {
    assertEquals("plain", Escape.csv("plain"));
    assertEquals("\"a, \"\"b\"\"\"", Escape.csv("a, \"b\""));
    assertEquals("'=1+1", Escape.csv("=1+1"));
  }

  @Test
  void urlSegment() {
    assertEquals("a-1_b.c", Escape.urlSegment("a-1_b.c"));
    assertEquals("..%2F%22%3E%C3%A9", Escape.urlSegment("../\">é"));
  }
}
