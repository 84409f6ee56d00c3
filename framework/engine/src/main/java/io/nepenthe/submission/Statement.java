package io.nepenthe.submission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the submitter says beside the results; the rules for each are {@link Submission}'s.
 *
 * @param name short name of the submission
 * @param author who answers for the results
 * @param licence of the methods' jars, as an SPDX expression
 * @param contact a mail address, or an http(s) address
 * @param paper what to cite; null if there is nothing
 * @param url where to read more; null if nowhere
 */
public record Statement(
    String name,
    String author,
    String licence,
    String contact,
    @Nullable String paper,
    @Nullable String url) {
  /** Returns the manifest of an archive. */
  Submission about(Lock lock, List<PackedFile> files) {
    return new Submission(
        Submission.SCHEMA, name, author, licence, contact, paper, url, lock, files);
  }
}
