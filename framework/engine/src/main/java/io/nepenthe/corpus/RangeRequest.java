package io.nepenthe.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a server for the rest of a file. Follows redirects itself, because Hugging Face tells size
 * and checksum with the first answer, and sends the content from elsewhere.
 */
final class RangeRequest {
  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int NOTHING_AFTER = 416;
  private static final int MOST_REDIRECTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern SHA_256 = Pattern.compile("\"?([0-9a-fA-F]{64})\"?");
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+|\\*)");

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  /**
   * The content from some byte on.
   *
   * @param from 0 if the server sends all of it again
   * @param size of the whole file
   */
  record Answer(InputStream body, long from, OptionalLong size, Optional<String> sha256) {}

  /** Asks for a file from a byte on, the first being 0. */
  Answer send(URI source, long from) throws IOException, InterruptedException {
    URI next = source;
    Optional<String> sha256 = Optional.empty();
    OptionalLong linkedSize = OptionalLong.empty();
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<InputStream> response = get(next, from);
      sha256 = sha256.or(() -> sha256(response));
      linkedSize =
          linkedSize.isPresent()
              ? linkedSize
              : response.headers().firstValueAsLong("X-Linked-Size");
      if (response.statusCode() == NOTHING_AFTER && !isWhole(response, from) && from > 0) {
        response.body().close();
        return send(source, 0); // what is there is longer than the file
      }
      if (response.statusCode() / 100 != 3) {
        return answer(response, from, linkedSize, sha256);
      }
      response.body().close();
      next = redirected(next, response);
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects");
  }

  private HttpResponse<InputStream> get(URI uri, long from)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new IOException("no answer in " + PATIENCE.toSeconds() + " s", e);
    }
  }

  private static Optional<String> sha256(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("X-Linked-Etag")
        .map(SHA_256::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT));
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
    if (!"https".equals(to.getScheme()) && !to.getScheme().equals(from.getScheme())) {
      throw new IOException("redirected to " + to + ", which is not safe");
    }
    return to;
  }

  /** Returns true if the server says that the file ends where the answer should begin. */
  private static boolean isWhole(HttpResponse<?> response, long from) {
    return response.headers().firstValue("Content-Range").orElse("").equals("bytes */" + from);
  }

  private static Answer answer(
      HttpResponse<InputStream> response,
      long from,
      OptionalLong linkedSize,
      Optional<String> sha256)
      throws IOException {
    Matcher range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    boolean ranged = range.matches();
    OptionalLong size =
        ranged && !range.group(2).equals("*")
            ? OptionalLong.of(Long.parseLong(range.group(2)))
            : linkedSize;
    int status = response.statusCode();
    if (status == WHOLE) {
      return new Answer(
          response.body(),
          0,
          size.isPresent() ? size : response.headers().firstValueAsLong("Content-Length"),
          sha256);
    }
    if (status == PART && ranged && String.valueOf(from).equals(range.group(1))) {
      return new Answer(response.body(), from, size, sha256);
    }
    response.body().close();
    if (status == NOTHING_AFTER && isWhole(response, from)) {
      return new Answer(InputStream.nullInputStream(), from, size, sha256);
    }
    throw new IOException("the server answered " + status);
  }
}
