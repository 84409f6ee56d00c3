package io.nepenthe.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import org.junit.jupiter.api.Test;

final class LatexTextTest {
  @Test
  void harmsNothing() {
    assertEquals(
        "\\textless{}script\\textgreater{}alert(1)\\textless{}/script\\textgreater{} \\& 50\\% \\_x\\_",
        LatexText.of(RunFixture.HOSTILE));
    assertEquals("\\textbackslash{}input\\{x\\}\\$\\#", LatexText.of("\\input{x}$#"));
  }

  @Test
  void keepsEveryMinus() {
    assertEquals("($-$19.06 to $-$10.45)", LatexText.of("(\u221219.06 to \u221210.45)"));
    assertEquals("2.00--$-$3.00", LatexText.of("2.00–\u22123.00"));
  }

  @Test
  void joinsNothingToADash() {
    assertEquals("-{}-threads", LatexText.of("--threads"));
    assertEquals("2--{}-3", LatexText.of("2–-3"));
    assertEquals("-{}--", LatexText.of("-–"));
    assertEquals("'{}'x", LatexText.of("''x"));
  }

  @Test
  void everyMarkThatTablesPrintIsSet() {
    assertEquals(
        "\\textdagger{}\\textdaggerdbl{}$\\pm$$\\times$$\\infty$$\\to$$\\le$",
        LatexText.of("†‡±×∞→≤"));
    assertEquals("$\\beta$-VAE, na\u00efve", LatexText.of("β-VAE, na\u00efve"));
  }

  @Test
  void namesWhatNoFontHas() {
    assertEquals("[U+4E2D][U+1F600]", LatexText.of("中\ud83d\ude00"));
    String all = LatexText.of("−–—∞†‡×±’‘→…·≤≥²µ中");
    assertTrue(all.codePoints().allMatch(c -> c <= 0x17f || "’‘…".indexOf(c) >= 0), all);
  }
}
