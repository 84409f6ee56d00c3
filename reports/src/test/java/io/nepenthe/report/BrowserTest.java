package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the pages in Chromium, if there is one. */
final class BrowserTest {
  private static final String EVIL = "\"><img src=x onerror=\"document.title='owned'\">";
  private static final List<String> PAGES =
      List.of("index.html", "trials/math-noise_durable.html", "trials/language_original.html");

  @TempDir private static Path folder;
  private static @Nullable Chromium browser;

  @BeforeAll
  static void open() throws Exception {
    Assumptions.assumeTrue(
        Chromium.program().isPresent(), "there is no Chromium to look at the pages with");
    StoredRun run =
        Runs.withRows(row -> row.method().equals("act") ? Runs.named(row, EVIL, "jmh") : row);
    ReportWriter.write(run, folder.resolve("report"));
    browser = Chromium.open(folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void show(String page, int width, String scheme) throws Exception {
    browser.show(folder.resolve("report").resolve(page), width, scheme);
  }

  private static JsonNode js(String expression) throws Exception {
    return browser.evaluate(expression);
  }

  private static List<String> texts(String expression) throws Exception {
    List<String> texts = new ArrayList<>();
    js(expression).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @BeforeEach
  void showIndex() throws Exception {
    show("index.html", 1440, "light");
  }

  @Test
  void fitsEveryWidthWithoutErrors() throws Exception {
    for (String page : PAGES) {
      for (int width : List.of(390, 1440)) {
        show(page, width, "light");
        assertEquals(List.of(), browser.errors(), page);
        assertEquals(width, js("innerWidth").asInt(), page);
        assertTrue(
            js("document.documentElement.scrollWidth").asInt() <= width, page + " at " + width);
      }
    }
  }

  @Test
  void noTableOfThePageIsCutOnAScreen() throws Exception {
    show("index.html", 1400, "light");
    js("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    assertEquals(
        List.of(),
        texts(
            "[...document.querySelectorAll('.scroll')].filter((e) => e.scrollWidth > e.clientWidth)"
                + ".map((e) => e.ariaLabel + ' ' + e.scrollWidth + ' > ' + e.clientWidth)"));
  }

  @Test
  void hasEnoughContrastInLightAndDark() throws Exception {
    for (String page : PAGES) {
      for (String scheme : List.of("light", "dark")) {
        show(page, 1440, scheme);
        assertEquals(List.of(), texts(CONTRAST), page + " in " + scheme);
      }
    }
  }

  private static final String CONTRAST =
      """
      (() => {
        const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const luminance = (c) => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
        const parse = (color) => color.match(/[0-9.]+/g).map(Number);
        const isOpaque = (c) => c.length < 4 || c[3] === 1;
        const below = (e) => {
          for (; e; e = e.parentElement) {
            const c = parse(getComputedStyle(e).backgroundColor);
            if (isOpaque(c)) return c;
          }
          return [255, 255, 255];
        };
        const poor = new Set();
        let seen = 0;
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const e = texts.currentNode.parentElement;
          if (!texts.currentNode.data.trim() || e.closest('svg, script')) continue;
          if (e.getClientRects().length === 0) continue;
          seen++;
          const style = getComputedStyle(e);
          const size = parseFloat(style.fontSize);
          const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
          const [a, b] = [luminance(parse(style.color)), luminance(below(e))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < (isLarge ? 3 : 4.5)) {
            poor.add(`${ratio.toFixed(2)}: ${texts.currentNode.data.slice(0, 40)}`);
          }
        }
        return seen > 10 ? [...poor] : ['too few texts seen'];
      })()
      """;

  private static List<String> column(int column) throws Exception {
    return texts(
        "[...document.querySelectorAll('#results ~ .scroll tbody tr:not(.kind)')]"
            + ".map((row) => row.cells[%d].firstChild.textContent)".formatted(column));
  }

  private static void clickHeading(int column) throws Exception {
    js(
        "document.querySelectorAll('#results ~ .scroll th[scope=col] button')[%d].click()"
            .formatted(column));
  }

  @Test
  void sortsByTheNumbersOfAColumnBothWaysAndBack() throws Exception {
    List<String> before = column(1);
    clickHeading(1);
    List<String> rising =
        List.of("2.50", "9.00", "12.00", "18.50", "24.00", "31.00", "40.00", "45.00", "45.00");
    assertEquals(rising, column(1));
    assertEquals(
        List.of("ascending"),
        texts("[...document.querySelectorAll('[aria-sort]')].map((th) => th.ariaSort)"));
    clickHeading(1);
    assertEquals("45.00", column(1).get(0));
    clickHeading(1);
    assertEquals(before, column(1));
  }

  @Test
  void sortsRowsByTheNumbersThatHeadThem() throws Exception {
    show("trials/language_original.html", 1440, "light");
    js("document.querySelector('tbody th').firstChild.textContent = '10'");
    js("document.querySelector('th[scope=col] button').click()");
    assertEquals(List.of("1", "3", "10"), headingsOfRows());
  }

  @Test
  void sortsTextsByTheNumbersInThem() throws Exception {
    show("trials/language_original.html", 1440, "light");
    js(
        "['act 0.1.10', 'act 0.1.9', 'ratio=0.05, 2 layers'].forEach((text, row) =>"
            + " document.querySelector('tbody').rows[row].cells[0].firstChild.textContent = text)");
    js("document.querySelector('th[scope=col] button').click()");
    assertEquals(List.of("act 0.1.9", "act 0.1.10", "ratio=0.05, 2 layers"), headingsOfRows());
  }

  private List<String> headingsOfRows() throws Exception {
    return texts(
        "[...document.querySelector('tbody').rows]"
            + ".map((row) => row.cells[0].firstChild.textContent)");
  }

  @Test
  void putsWhatIsMissingLastBothWays() throws Exception {
    clickHeading(4);
    assertEquals("—", column(4).get(8));
    clickHeading(4);
    assertEquals("—", column(4).get(8));
    assertEquals("45.00", column(4).get(0));
  }

  @Test
  void sortsByKeyboard() throws Exception {
    js("document.querySelectorAll('#results ~ .scroll th[scope=col] button')[1].focus()");
    browser.pressEnter();
    assertEquals("2.50", column(1).get(0));
  }

  @Test
  void anAddressInsideFoldedDetailsOpensThem() throws Exception {
    assertEquals(false, js("document.getElementById('times').closest('details').open").asBoolean());
    js("document.querySelector('.contents a[href=\"#times\"]').click()");
    Thread.sleep(200);
    assertEquals(true, js("document.getElementById('times').closest('details').open").asBoolean());
    assertTrue(js("document.getElementById('times').getClientRects().length > 0").asBoolean());
  }

  @Test
  void printsWhatIsFolded() throws Exception {
    js("window.dispatchEvent(new Event('beforeprint'))");
    assertEquals(0, js("document.querySelectorAll('details:not([open])').length").asInt());
    js("window.dispatchEvent(new Event('afterprint'))");
    assertTrue(js("document.querySelectorAll('details:not([open])').length").asInt() > 5);
  }

  private static List<String> shown() throws Exception {
    return texts(
        "[...document.querySelectorAll('#results ~ .scroll tbody .method')]"
            + ".filter((m) => m.getClientRects().length).map((m) => m.textContent)");
  }

  @Test
  void filtersByName() throws Exception {
    js("document.forms.filter.elements.method.value = 'SUBNET'");
    js("document.forms.filter.dispatchEvent(new Event('input', {bubbles: true}))");
    assertEquals(List.of("BalancedSubnet"), shown());
    assertEquals("1 of 9 methods shown", js("document.querySelector('output').value").asText());
    assertEquals(
        List.of("Unlearning"),
        texts(
            "[...document.querySelectorAll('#results ~ .scroll .kind')]"
                + ".filter((row) => row.getClientRects().length).map((row) => row.textContent)"));
    js("document.querySelector('#filter button').click()");
    Thread.sleep(100);
    assertEquals(9, shown().size());
  }

  @Test
  void filtersByFamilyAndTask() throws Exception {
    js("document.querySelector('[name=family][value=Unlearning]').click()");
    assertEquals(
        List.of(
            "Original model",
            "No mitigation",
            "Random pruning",
            "Loss truncation",
            "Clean fine-tuning"),
        shown());
    js("document.querySelector('[name=task][value=\"math-noise\"]').click()");
    assertEquals(
        List.of("language"),
        texts(
            "[...document.querySelectorAll('#results ~ .scroll th[scope=colgroup]')]"
                + ".filter((th) => th.getClientRects().length).map((th) => th.textContent)"));
    assertEquals(
        List.of(),
        texts(
            "[...document.querySelectorAll('figure, h3')].filter((e) => e.getClientRects().length)"
                + ".map((e) => e.textContent).filter((text) => text.startsWith('math-noise'))"));
  }

  @Test
  void aHostileNameRunsNoScript() throws Exception {
    for (String page : List.of("index.html", "trials/math-noise_act.html")) {
      show(page, 1440, "light");
      assertTrue(js("document.body.textContent.includes('onerror=')").asBoolean(), page);
      assertEquals(0, js("document.querySelectorAll('img').length").asInt(), page);
      assertEquals(1, js("document.scripts.length").asInt(), page);
      assertTrue(
          js("document.title").asText().contains(page.startsWith("i") ? "Nepenthe" : "onerror"));
    }
  }

  @Test
  void evenWrittenIntoThePageAForeignScriptDoesNotRun() throws Exception {
    js("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.owned = 1\">')");
    Thread.sleep(200);
    assertEquals("undefined", js("typeof window.owned").asText());
  }
}
