package io.nepenthe.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One tab of the system's Chromium, without a window, driven by the DevTools protocol. */
public final class Chromium implements WebSocket.Listener, AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final int SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private int calls;

  private Chromium(Path program, Path profile) throws Exception {
    process = start(program, profile);
    HttpClient http = HttpClient.newHttpClient();
    URI newTab = URI.create("http://127.0.0.1:" + port(profile) + "/json/new?about:blank");
    String tab =
        http.send(
                HttpRequest.newBuilder(newTab).PUT(BodyPublishers.noBody()).build(),
                BodyHandlers.ofString())
            .body();
    String address = Json.mapper().readTree(tab).path("webSocketDebuggerUrl").asText();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(address), this)
            .get(SECONDS, TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Returns the program, if the system has it. */
  public static Optional<Path> program() {
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Starts it with a profile folder of its own. */
  public static Chromium open(Path profile) throws Exception {
    return new Chromium(program().orElseThrow(), profile);
  }

  private static Process start(Path program, Path profile) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--headless"));
    Stream.of(
            "no-sandbox",
            "disable-gpu",
            "disable-quic",
            "no-first-run",
            "disable-background-networking",
            "disable-component-update",
            "disable-sync",
            "disable-dev-shm-usage",
            "remote-debugging-port=0",
            "user-data-dir=" + profile)
        .forEach(option -> command.add("--" + option));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TMPDIR", profile.toString()); // the user's may be anything
    return builder.start();
  }

  private static String port(Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < SECONDS * 20; i++) {
      if (Files.exists(file) && Files.readAllLines(file).size() > 1) {
        return Files.readAllLines(file).get(0);
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("Chromium does not answer");
  }

  /** Shows a file in a window of that width, in light or dark, and forgets earlier errors. */
  public void show(Path file, int width, String scheme) throws Exception {
    errors.clear();
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    call("Page.navigate", Map.of("url", "about:blank"));
    String url = file.toUri().toString();
    call("Page.navigate", Map.of("url", url));
    String loaded = "location.href === '" + url + "' && document.readyState === 'complete'";
    for (int i = 0; !evaluate(loaded).asBoolean(); i++) {
      if (i > SECONDS * 20) {
        throw new IllegalStateException(url + " does not load");
      }
      Thread.sleep(50);
    }
  }

  /** Returns the value of an expression in JavaScript. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode reply =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (reply.has("exceptionDetails")) {
      throw new IllegalStateException(reply.path("exceptionDetails").toString());
    }
    return reply.path("result").path("value");
  }

  /** Presses Enter on what has the focus. */
  public void pressEnter() throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              "Enter",
              "code",
              "Enter",
              "text",
              "\r",
              "windowsVirtualKeyCode",
              13));
    }
  }

  /** Returns what the page complained about since it was shown. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = ++calls;
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    ObjectNode request = Json.mapper().createObjectNode().put("id", id).put("method", method);
    request.set("params", Json.mapper().valueToTree(parameters));
    socket.sendText(request.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    return reply.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      received(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void received(String text) {
    try {
      JsonNode json = Json.mapper().readTree(text);
      CompletableFuture<JsonNode> reply = replies.remove(json.path("id").asInt());
      if (reply != null) {
        reply.complete(json.path("result"));
      } else if (isError(json)) {
        errors.add(json.path("params").toString());
      }
    } catch (IOException e) {
      errors.add(e.toString());
    }
  }

  private static boolean isError(JsonNode event) {
    return switch (event.path("method").asText()) {
      case "Runtime.exceptionThrown" -> true;
      case "Runtime.consoleAPICalled" -> event.at("/params/type").asText().matches("error|warning");
      case "Log.entryAdded" -> event.at("/params/entry/level").asText().matches("error|warning");
      default -> false;
    };
  }

  /** Lets Chromium put its files away; ends what is left of it. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true).join();
    for (ProcessHandle each : all) {
      each.onExit().completeOnTimeout(each, 10, TimeUnit.SECONDS).join();
      each.destroyForcibly();
    }
    socket.abort();
  }
}
