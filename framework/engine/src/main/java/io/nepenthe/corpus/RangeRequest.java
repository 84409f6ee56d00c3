package io.nepenthe.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a server for the rest of a file. Follows redirects itself, because Hugging Face tells the
 * size with the first answer, and sends the content from elsewhere.
 */
final class RangeRequest {
  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int NOTHING_AFTER = 416;
  private static final int MOST_REDIRECTS = 8;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final Duration patience;
  private final HttpClient client;

  /**
   * Opens a client.
   *
   * @param patience how long a server may be silent
   */
  RangeRequest(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /**
   * The content from some byte on.
   *
   * @param from 0 if the server sends all of it again
   * @param size of the whole file, if the server tells it
   */
  record Answer(InputStream body, long from, OptionalLong size) {}

  /** Asks for a file from a byte on, the first being 0; for all of it if there is no such byte. */
  Answer send(URI source, long from) throws IOException, InterruptedException {
    URI next = source;
    OptionalLong linkedSize = OptionalLong.empty();
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<InputStream> response = get(next, from);
      if (linkedSize.isEmpty()) {
        linkedSize = response.headers().firstValueAsLong("X-Linked-Size");
      }
      if (response.statusCode() / 100 != 3) {
        Optional<Answer> answer = answer(response, from, linkedSize);
        if (answer.isPresent()) {
          return answer.get();
        }
        response.body().close();
        return send(source, 0);
      }
      response.body().close();
      next = redirected(next, response);
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects");
  }

  private HttpResponse<InputStream> get(URI uri, long from)
      throws IOException, InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).timeout(patience).header("Accept-Encoding", "identity");
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new IOException("no answer in " + patience.toSeconds() + " s", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(uri + " is no address: " + e.getMessage(), e);
    }
  }

  private static URI redirected(URI from, HttpResponse<?> response) throws IOException {
    String location =
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("redirected to nowhere"));
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("redirected to " + location, e);
    }
    if (!"https".equalsIgnoreCase(to.getScheme())
        && !from.getScheme().equalsIgnoreCase(to.getScheme())) {
      throw new IOException("redirected to " + to + ", which is not safe");
    }
    return to;
  }

  /** Returns nothing if the server has no answer to the range that was asked for. */
  private Optional<Answer> answer(
      HttpResponse<InputStream> response, long from, OptionalLong linkedSize) throws IOException {
    int status = response.statusCode();
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equals("identity")) {
      response.body().close();
      throw new IOException("the server sends it as " + encoding + ", which was not asked for");
    }
    if (status == WHOLE) {
      OptionalLong length = response.headers().firstValueAsLong("Content-Length");
      return Optional.of(
          new Answer(watched(response), 0, length.isPresent() ? length : linkedSize));
    }
    if (from > 0 && (status == PART || status == NOTHING_AFTER)) {
      Matcher range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
      return status == PART && range.matches() && range.group(1).equals(String.valueOf(from))
          ? Optional.of(new Answer(watched(response), from, total(range, linkedSize)))
          : Optional.empty();
    }
    response.body().close();
    throw BusyServer.is(status)
        ? BusyServer.of(status, response.headers().firstValue("Retry-After"), Clock.systemUTC())
        : new IOException("the server answered " + status);
  }

  private InputStream watched(HttpResponse<InputStream> response) {
    return new WatchedBody(response.body(), patience);
  }

  private static OptionalLong total(Matcher range, OptionalLong linkedSize) {
    return range.group(2).equals("*")
        ? linkedSize
        : OptionalLong.of(Long.parseLong(range.group(2)));
  }
}
