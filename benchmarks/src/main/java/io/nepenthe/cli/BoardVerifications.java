package io.nepenthe.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.leaderboard.Tier;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What verifications in a board's folder say, by the hash of the archive that they are of: for any
 * other file they say nothing.
 */
final class BoardVerifications {
  private static final String SUFFIX = "verification.json";

  private final Map<String, Found> byHash = new TreeMap<>();

  private BoardVerifications() {}

  /**
   * What one says.
   *
   * @param tier that the archive has
   * @param platform where it was verified
   * @param signedBy fingerprint of the key that signed the archive; empty if none did
   * @param refusals why it takes no place; empty if it may
   */
  record Found(Tier tier, String platform, String signedBy, List<String> refusals) {}

  /** Reads the files whose names end with verification.json. */
  static BoardVerifications in(Path folder) {
    BoardVerifications all = new BoardVerifications();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().endsWith(SUFFIX)).sorted().toList()) {
        all.add(file);
      }
      return all;
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot list " + folder + " (" + e + ")", e);
    }
  }

  private void add(Path file) {
    try {
      JsonNode json = Json.mapper().readTree(file.toFile());
      String verdict = json.path("verdict").asText();
      Optional<Tier> tier =
          Arrays.stream(Tier.values())
              .filter(each -> each.id().equals(json.path("tier").asText()))
              .findFirst();
      boolean isAccepted = verdict.equals("accepted") && tier.isPresent();
      Found found =
          new Found(
              isAccepted ? tier.orElseThrow() : Tier.UNCHECKED,
              json.path("platform").asText(),
              json.path("signedBy").asText(""),
              isAccepted
                  ? List.of()
                  : List.of("its verification says " + verdict + ", see " + file.getFileName()));
      if (byHash.put(json.path("sha256").asText(), found) != null) {
        throw new NepentheException(
            ErrorCode.STORE_CORRUPT,
            file + " is a second verification of one archive. Remove one of them.");
      }
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          file + " is no verification (" + e + "). Write it anew by 'nepenthe verify --out'.",
          e);
    }
  }

  /** Returns what is said of an archive. */
  Optional<Found> of(String sha256) {
    return Optional.ofNullable(byHash.get(sha256));
  }
}
