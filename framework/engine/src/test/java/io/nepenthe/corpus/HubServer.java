package io.nepenthe.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that redirects like Hugging Face, and may be bad in many ways. */
final class HubServer implements AutoCloseable {
  private static final int SIZE = 5000;

  private final HttpServer server;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile boolean ranges = true;
  private volatile Badness badness = Badness.NONE;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile String retryAfter = "";

  /** What the server does in place of sending content. */
  enum Badness {
    NONE,
    /** Sends the beginning, then nothing, and keeps the connection. */
    STALLS,
    /** Tells no length, and closes early. */
    NO_LENGTH,
    /** Tells no length, and never ends. */
    ENDLESS,
    /** Sends a page in place of the file. */
    PAGE,
    /** Sends nothing, as if that were all. */
    EMPTY,
    /** Sends other bytes, as many. */
    OTHER,
    /** Says that it compressed the file. */
    COMPRESSED,
    /** Sends some other range than was asked for. */
    OTHER_RANGE,
    /** Tells another size of the whole file in the answer with a range. */
    OTHER_TOTAL,
    /** Answers every range by 416, without a size. */
    NO_RANGE,
  }

  HubServer(KnownCorpus corpus) throws IOException {
    for (CorpusFile file : corpus.files()) {
      byte[] content = new byte[SIZE];
      for (int i = 0; i < SIZE; i++) {
        content[i] = (byte) (file.name().hashCode() >> (i % 24));
      }
      files.put(file.name(), content);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/main/" + corpus.configuration() + "/", this::redirect);
    server.createContext("/content/", this::send);
    server.start();
  }

  /** Returns what a client knows of the files. */
  List<CorpusFile> known() {
    return files.entrySet().stream()
        .map(
            file ->
                new CorpusFile(
                    file.getKey(),
                    file.getValue().length,
                    HexFormat.of().formatHex(ContentHash.digest(file.getValue()))))
        .toList();
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

  /** Has the server answer the next requests for content by 429. */
  void refuse(int times, String retryAfter) {
    refusals.set(times);
    this.retryAfter = retryAfter;
  }

  void is(Badness how) {
    badness = how;
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
      if (badness == Badness.NONE) {
        exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
      }
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
    OutputStream body = exchange.getResponseBody();
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      if (!retryAfter.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
      exchange.sendResponseHeaders(429, -1);
    } else if (from > 0 && badness == Badness.NO_RANGE) {
      exchange.sendResponseHeaders(416, -1);
    } else {
      int first = badness == Badness.OTHER_RANGE && from > 0 ? from - 1 : from;
      int total = badness == Badness.OTHER_TOTAL ? content.length + 1 : content.length;
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + first + "-" + (content.length - 1) + "/" + total);
      }
      if (badness == Badness.COMPRESSED) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      }
      int left = content.length - first;
      int length =
          switch (badness) {
            case PAGE -> 10;
            case EMPTY -> -1;
            case NO_LENGTH, ENDLESS -> 0;
            default -> left;
          };
      exchange.sendResponseHeaders(from == 0 ? 200 : 206, length);
      switch (badness) {
        case PAGE -> body.write("<html></h>".getBytes(StandardCharsets.US_ASCII));
        case EMPTY -> {}
        case NO_LENGTH -> body.write(content, first, (left + 1) / 2);
        case ENDLESS -> {
          for (int i = 0; i < 100; i++) {
            body.write(content);
          }
        }
        case OTHER -> body.write(new byte[left]);
        case STALLS -> stall(body, content, first);
        default -> body.write(content, first, Math.min(cutAfter, left));
      }
      body.flush();
    }
    exchange.close();
  }

  private void stall(OutputStream body, byte[] content, int first) throws IOException {
    body.write(content, first, 100);
    body.flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
