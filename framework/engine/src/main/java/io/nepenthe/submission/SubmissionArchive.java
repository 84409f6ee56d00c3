package io.nepenthe.submission;

import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A submitted run, unpacked into a temporary folder that goes when this is closed. What it says is
 * the submitter's word: {@link Verifier} tells what of it holds.
 */
public final class SubmissionArchive implements AutoCloseable {
  /** How the files of archives are called. */
  public static final String SUFFIX = ".nepenthe";

  private final Path file;
  private final Path folder;
  private final String sha256;
  private final List<PackedFile> contents;
  private final Submission submission;

  private SubmissionArchive(
      Path file, Path folder, String sha256, List<PackedFile> contents, Submission submission) {
    this.file = file;
    this.folder = folder;
    this.sha256 = sha256;
    this.contents = List.copyOf(contents);
    this.submission = submission;
  }

  /**
   * Unpacks an archive.
   *
   * @throws NepentheException with STORE_CORRUPT if it is none, or would do harm; with IO if it
   *     cannot be read
   */
  public static SubmissionArchive open(Path file) {
    return open(file, ZipLimits.USUAL);
  }

  static SubmissionArchive open(Path file, ZipLimits limits) {
    if (!Files.isRegularFile(file)) {
      throw new NepentheException(
          ErrorCode.IO,
          file
              + (Files.isDirectory(file) ? " is a folder" : " is not there")
              + ". Name an archive that 'nepenthe submit' wrote.");
    }
    Path folder = temporary();
    try {
      String sha256 = ContentHash.ofFile(file);
      List<PackedFile> contents = unpack(file, folder, limits);
      return new SubmissionArchive(file, folder, sha256, contents, submission(file, folder));
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("nepenthe-archive-"); // nobody else may look into it
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot make a temporary folder (" + e + "). Free some space.", e);
    }
  }

  private static List<PackedFile> unpack(Path file, Path folder, ZipLimits limits) {
    try {
      return new HostileZip(limits).unpack(file, folder);
    } catch (IOException e) {
      throw refused(file, Words.line(e.getMessage()), e);
    }
  }

  private static Submission submission(Path file, Path folder) {
    Path json = folder.resolve(ArchivePaths.SUBMISSION);
    if (!Files.isRegularFile(json)) {
      throw refused(file, "it has no " + ArchivePaths.SUBMISSION, null);
    }
    try {
      return Json.read(Files.readAllBytes(json), Submission.class);
    } catch (IOException e) {
      String why = Words.line(root(e).getMessage());
      throw refused(file, ArchivePaths.SUBMISSION + ": " + why, e);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static NepentheException refused(Path file, String why, @Nullable Throwable cause) {
    return new NepentheException(
        ErrorCode.STORE_CORRUPT,
        file
            + " is no archive of a run: "
            + why
            + ". Pack the run again by 'nepenthe submit', and do not change what it writes.",
        cause);
  }

  /** Returns the archive's file. */
  public Path file() {
    return file;
  }

  /** Returns the hash of the archive's file. */
  public String sha256() {
    return sha256;
  }

  /** Returns who submits what. */
  public Submission submission() {
    return submission;
  }

  /** Returns every file that is there, as it is. */
  public List<PackedFile> contents() {
    return contents;
  }

  /** Returns the folder of the run, as long as this is open. */
  public Path run() {
    return folder.resolve(ArchivePaths.RUN);
  }

  /**
   * Returns the run's results.
   *
   * @param warnings receives one line per damaged file
   */
  public RunStore store(Consumer<String> warnings) {
    return new RunStore(run(), warnings);
  }

  /** Returns the bytes of a file, if it is there. */
  Optional<byte[]> bytes(String path) {
    Path at = folder.resolve(path);
    try {
      return Files.isRegularFile(at) ? Optional.of(Files.readAllBytes(at)) : Optional.empty();
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot read " + at + " (" + e + ")", e);
    }
  }

  @Override
  public void close() {
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // only a temporary folder
    }
  }
}
