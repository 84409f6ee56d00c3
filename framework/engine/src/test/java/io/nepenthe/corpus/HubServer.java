package io.nepenthe.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that redirects like Hugging Face: checksum first, content from elsewhere. */
final class HubServer implements AutoCloseable {
  private static final int SIZE = 5000;

  private final HttpServer server;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile boolean ranges = true;

  HubServer(KnownCorpus corpus) throws IOException {
    for (String name : corpus.files()) {
      byte[] content = new byte[SIZE];
      for (int i = 0; i < SIZE; i++) {
        content[i] = (byte) (name.hashCode() >> (i % 24));
      }
      files.put(name, content);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/main/" + corpus.configuration() + "/", this::redirect);
    server.createContext("/content/", this::send);
    server.start();
  }

  URI base() {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + "/main/");
  }

  byte[] content(String name) {
    return files.get(name).clone();
  }

  /** Returns names and ranges of the content that was asked for. */
  List<String> requests() {
    return requests;
  }

  /** Breaks every connection after so many bytes. */
  void cutAfter(int bytes) {
    cutAfter = bytes;
  }

  void withoutRanges() {
    ranges = false;
  }

  void forget(String name) {
    files.remove(name);
  }

  private static String name(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().replaceAll(".*/", "");
  }

  private void redirect(HttpExchange exchange) throws IOException {
    byte[] content = files.get(name(exchange));
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      String hash = HexFormat.of().formatHex(ContentHash.digest(content));
      exchange.getResponseHeaders().set("X-Linked-Etag", '"' + hash + '"');
      exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
      exchange.getResponseHeaders().set("Location", "/content/" + name(exchange));
      exchange.sendResponseHeaders(302, -1);
    }
    exchange.close();
  }

  private void send(HttpExchange exchange) throws IOException {
    byte[] content = files.get(name(exchange));
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(name(exchange) + " " + range);
    int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
    } else {
      int status = from == 0 ? 200 : 206;
      if (status == 206) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
      exchange.sendResponseHeaders(status, content.length - from);
      int sent = Math.min(cutAfter, content.length - from);
      exchange.getResponseBody().write(content, from, sent);
      exchange.getResponseBody().flush();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
