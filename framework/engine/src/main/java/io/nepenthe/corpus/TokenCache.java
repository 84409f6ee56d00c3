package io.nepenthe.corpus;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.FileLocks;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TokenIds;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Token ids on disk, each file named by the text and tokenizer that it comes from. A file appears
 * whole or not at all; of several processes that want the same one, the first makes it.
 */
final class TokenCache {
  private static final int KEY_DIGITS = 16;

  private static final Pattern NAME_OF_PART = Pattern.compile("\\.(.*\\.tokens)\\..*\\.part");

  /** Locks of files keep out other processes only. */
  private static final Object IN_THIS_PROCESS = new Object();

  private final Path folder;
  private final Consumer<String> lines;

  TokenCache(Path folder, Consumer<String> lines) {
    this.folder = folder;
    this.lines = lines;
  }

  /** Fills a new file of token ids. */
  @FunctionalInterface
  interface Tokens {
    /** Writes all ids. */
    void writeTo(TokenFile.Writer writer) throws IOException;
  }

  /**
   * Returns the file for a text, which may not be there yet.
   *
   * @param name for people, like "wikitext-2-test"
   * @param identity changes whenever the ids could
   */
  Path file(String name, String identity) {
    return folder.resolve(
        name + "-" + ContentHash.of(identity).substring(0, KEY_DIGITS) + ".tokens");
  }

  /** Returns how many ids a file holds, if it is there. */
  OptionalLong count(Path file) {
    try {
      return OptionalLong.of(TokenFile.count(file));
    } catch (IOException e) {
      return OptionalLong.empty(); // damaged: made again when it is used
    }
  }

  /**
   * Returns the ids of a file, made first if they are not there or damaged.
   *
   * @param width of an id in a file that is made
   */
  TokenIds get(Path file, IdWidth width, Tokens tokens) {
    return opened(file).orElseGet(() -> made(file, width, tokens));
  }

  private Optional<TokenIds> opened(Path file) {
    try {
      return Optional.of(TokenFile.open(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (TokenFile.NewerException | FileSystemException e) { // it may be whole
      throw new NepentheException(
          ErrorCode.IO,
          "cannot read "
              + file
              + " ("
              + Words.line(e.getMessage())
              + "). Make it readable, or set NEPENTHE_HOME to another folder; nothing was changed.",
          e);
    } catch (IOException e) {
      lines.accept(file + " is damaged: " + e.getMessage() + "; it is made again");
      return Optional.empty();
    }
  }

  private TokenIds made(Path file, IdWidth width, Tokens tokens) {
    synchronized (IN_THIS_PROCESS) {
      try {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(
                    lockFile(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = FileLocks.await(channel, () -> waits(file))) {
          lock.isValid();
          Optional<TokenIds> others = Files.exists(file) ? whole(file) : Optional.empty();
          if (others.isPresent()) {
            return others.get();
          }
          deleteLeftParts(file);
          if (Files.isDirectory(file)) {
            Files.move(file, file.resolveSibling("damaged-" + UUID.randomUUID()));
          }
          write(file, width, tokens);
        }
        return TokenFile.open(file);
      } catch (IOException e) {
        throw new NepentheException(
            ErrorCode.IO,
            "cannot write token ids to "
                + folder
                + " ("
                + e
                + "). Free space or set NEPENTHE_HOME to a writable folder.",
            e);
      }
    }
  }

  private void waits(Path file) {
    lines.accept("waiting for another process that makes " + file);
  }

  /** What another process has made while this one waited for the lock. */
  private static Optional<TokenIds> whole(Path file) {
    try {
      return Optional.of(TokenFile.open(file));
    } catch (IOException e) {
      return Optional.empty(); // the damaged one, which was reported
    }
  }

  /** Deletes what processes left that were killed while they wrote, whichever file it was for. */
  private static void deleteLeftParts(Path locked) throws IOException {
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(locked.getParent(), ".*.tokens.*.part")) {
      for (Path part : parts) {
        Path file =
            part.resolveSibling(
                NAME_OF_PART.matcher(part.getFileName().toString()).replaceFirst("$1"));
        if (file.equals(locked)) {
          Files.deleteIfExists(part);
        } else {
          deleteIfLeft(part, file);
        }
      }
    }
  }

  /** Whoever writes a part holds the lock of its file. */
  private static void deleteIfLeft(Path part, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile(file), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(part);
      }
    } catch (NoSuchFileException | AccessDeniedException e) {
      return; // of another user, or not of this program
    }
  }

  private static Path lockFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  private static void write(Path file, IdWidth width, Tokens tokens) throws IOException {
    AtomicFiles.write(
        file,
        part -> {
          try (TokenFile.Writer writer = new TokenFile.Writer(part, width)) {
            tokens.writeTo(writer);
          }
        });
  }
}
