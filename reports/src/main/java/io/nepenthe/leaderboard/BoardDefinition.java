package io.nepenthe.leaderboard;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a board is and whom it lets in: {@code board.yaml} of its folder.
 *
 * @param schema "nepenthe-board/1"
 * @param title of its pages
 * @param description what it is about, for a reader; may be left out
 * @param suites that count: names of shipped ones, or .yaml files of the folder
 * @param seeds that an entry must have; if left out, those of the suites
 * @param tier the lowest that takes a place; if left out, checked
 * @param jars further jars, by their SHA-256, that may have the id of a shipped method
 * @param keys with which authors sign; who has one must
 * @param archives of the folder, in the order in which they came
 */
public record BoardDefinition(
    String schema,
    String title,
    @Nullable String description,
    List<String> suites,
    @Nullable List<Long> seeds,
    @Nullable Tier tier,
    @Nullable Map<String, List<String>> jars,
    @Nullable List<AuthorKey> keys,
    @Nullable List<Listed> archives) {
  /** The schema this program reads. */
  public static final String SCHEMA = "nepenthe-board/1";

  /** Its name in the folder. */
  public static final String FILE = "board.yaml";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern ARCHIVE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,120}\\.nepenthe");

  /**
   * A public key.
   *
   * @param author whose it is, as archives name the author
   * @param key its fingerprint, as 'nepenthe keys' prints it
   */
  public record AuthorKey(String author, String key) {
    /** Checks both. */
    public AuthorKey {
      require(author != null && !author.isBlank(), "a key has no author");
      require(
          key != null && FINGERPRINT.matcher(key).matches(),
          "the key of "
              + author
              + " must be the 16 digits and small letters a to f that 'nepenthe keys' prints");
    }
  }

  /**
   * An archive of the board.
   *
   * @param file its name in the folder
   * @param date on which it came, as 2026-11-29
   * @param sha256 hash of the file, so that nobody exchanges it
   * @param answer to the questions that its verification leaves open; may be left out
   */
  public record Listed(String file, String date, String sha256, @Nullable String answer) {
    /** Checks all three. */
    public Listed {
      require(
          file != null && ARCHIVE.matcher(file).matches(),
          "file is '" + file + "', must be the name of a file that ends with .nepenthe");
      require(isDate(date), file + ": date is '" + date + "', must be a day as 2026-11-29");
      require(
          sha256 != null && HASH.matcher(sha256).matches(),
          file + ": sha256 must be 64 digits and small letters a to f; see sha256sum");
      require(answer == null || !answer.isBlank(), file + ": answer is empty");
    }

    private static boolean isDate(@Nullable String date) {
      try {
        return date != null && date.length() == 10 && LocalDate.parse(date) != null;
      } catch (DateTimeParseException e) {
        return false;
      }
    }
  }

  /** Checks all, and copies the collections. */
  public BoardDefinition {
    require(SCHEMA.equals(schema), "schema is '" + schema + "', must be " + SCHEMA);
    require(title != null && !title.isBlank(), "title is missing");
    require(description == null || !description.isBlank(), "description is empty: leave it out");
    require(suites != null && !suites.isEmpty(), "suites is missing: name those that count");
    suites = unique("suites", suites);
    require(suites.stream().noneMatch(String::isBlank), "a name in suites is empty");
    seeds = seeds == null ? null : unique("seeds", seeds);
    require(seeds == null || !seeds.isEmpty(), "seeds is empty: leave it out, or name some");
    tier = tier == null ? Tier.CHECKED : tier;
    Map<String, List<String>> copy = new TreeMap<>();
    (jars == null ? Map.<String, List<String>>of() : jars)
        .forEach(
            (id, hashes) -> {
              require(
                  hashes != null
                      && hashes.stream().allMatch(h -> h != null && HASH.matcher(h).matches()),
                  "jars." + id + " must be a list of SHA-256 of 64 digits and small letters");
              copy.put(id, List.copyOf(hashes));
            });
    jars = Collections.unmodifiableMap(copy);
    keys = keys == null ? List.of() : List.copyOf(keys);
    unique("keys", keys.stream().map(AuthorKey::key).toList());
    archives = archives == null ? List.of() : List.copyOf(archives);
    unique("archives", archives.stream().map(Listed::file).toList());
    unique("archives", archives.stream().map(Listed::sha256).toList());
    for (int i = 0; i < archives.size(); i++) {
      Listed each = archives.get(i);
      require(
          i == 0 || archives.get(i - 1).date().compareTo(each.date()) <= 0,
          "archives: "
              + each.file()
              + " of "
              + each.date()
              + " stands behind a later one; the order is that in which they came");
    }
  }

  private static <T> List<T> unique(String what, List<T> given) {
    Set<T> seen = new HashSet<>();
    given.forEach(each -> require(seen.add(each), what + " lists " + each + " twice"));
    return List.copyOf(given);
  }

  private static void require(boolean holds, String mistake) {
    if (!holds) {
      throw new IllegalArgumentException(mistake);
    }
  }
}
