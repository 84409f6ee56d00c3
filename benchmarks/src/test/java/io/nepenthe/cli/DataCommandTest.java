package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @TempDir private Path home;

  private Path downloads() {
    return home.resolve(".cache/nepenthe/data");
  }

  private static JsonNode named(String name, JsonNode list) {
    for (JsonNode entry : list) {
      if (entry.get("name").asText().equals(name)) {
        return entry;
      }
    }
    throw new AssertionError(name + " is not in " + list);
  }

  @Test
  void listsWhatIsHereAndWhatCanBeDownloaded() throws IOException {
    Path mine = Files.createDirectories(downloads().resolve("mine"));
    Files.writeString(mine.resolve("valid.txt"), "text\n");
    JsonNode list = CommandLineRun.of(home, "data", "list", "--json").json();
    JsonNode here = named("mine", list).get("here");
    assertEquals(mine.toString(), here.get("place").asText());
    assertEquals("plain text", here.get("form").asText());
    assertTrue(here.get("splits").get("validation").isNull());
    assertTrue(named("wikitext-103", list).get("here").isNull());
    assertEquals(313, named("wikitext-103", list).get("source").get("megabytes").asInt());
    assertEquals("generated", named("synthetic", list).get("here").get("form").asText());
    String text = CommandLineRun.of(home, "data", "list").out();
    assertTrue(text.contains("'nepenthe data fetch wikitext-103' downloads it"), text);
    assertTrue(text.contains("CC BY-SA 3.0 and GFDL, about 313 MB"), text);
  }

  @Test
  void whatAMirrorSendsInPlaceOfTheFilesIsRefused() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/mirror/wikitext-2-v1/",
        exchange -> {
          byte[] content = "<html>please log in</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    try {
      String mirror =
          String.format(
              "HTTP://%s:%d/mirror",
              server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
      CommandLineRun.of(home, "data", "fetch", "wikitext-2", "--from", mirror)
          .isMistake(6, "it has 26 bytes instead of 685430");
      Path folder = downloads().resolve("wikitext-2");
      assertFalse(Files.exists(folder.resolve("test-00000-of-00001.parquet")));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    for (String mirror :
        List.of(
            "ftp://h/x", "http://127.0.0.1:99999/x", "http://h/?x=1", "http:x", "http://h/#a")) {
      CommandLineRun.of(home, "data", "fetch", "wikitext-2", "--from", mirror)
          .isMistake(2, "must be an http or https address");
    }
  }

  @Test
  void withoutANetworkItSaysWhatToPutWhere() {
    CommandLineRun.of(home, "data", "fetch", "wikitext-103", "--from", "http://127.0.0.1:1")
        .isMistake(8, "without a network, put test-00000-of-00001.parquet, train-00000-of-00002");
  }
}
