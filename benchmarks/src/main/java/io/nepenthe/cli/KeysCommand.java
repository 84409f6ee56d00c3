package io.nepenthe.cli;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.submission.FileSignature;
import io.nepenthe.submission.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys that sign archives and jars. */
@Command(
    name = "keys",
    description = "Makes Ed25519 keys, signs files by them, and checks signatures.",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {
  private static final String SUFFIX = ".sig";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  @Command(
      name = "new",
      description = "Makes a key: NAME.key is for you alone, NAME.pub for a board's maintainer.",
      mixinStandardHelpOptions = true)
  int make(
      @Parameters(index = "0", paramLabel = "NAME", description = "Path without suffix.")
          Path name) {
    SigningKey key = SigningKey.generate();
    Path secret = name.resolveSibling(name.getFileName() + ".key");
    Path open = name.resolveSibling(name.getFileName() + ".pub");
    key.write(secret, open);
    System.out.println(
        secret + "\n" + open + "\nfingerprint " + SigningKey.fingerprint(key.publicKey()));
    return 0;
  }

  @Command(
      name = "sign",
      description = "Signs a file, a jar for example: writes FILE.sig beside it.",
      mixinStandardHelpOptions = true)
  int sign(
      @Parameters(index = "0", paramLabel = "FILE", description = "What is signed.") Path file,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              required = true,
              description = "Your private key.")
          Path key) {
    try {
      Path signature = beside(file);
      AtomicFiles.write(
          signature, Json.pretty(FileSignature.of(Files.readAllBytes(file), SigningKey.read(key))));
      System.out.println(signature);
      return 0;
    } catch (IOException e) {
      throw cannot("sign", file, e);
    }
  }

  @Command(
      name = "check",
      description =
          "Checks FILE.sig beside a file. Exits with 13 if it is not of that file, or by another"
              + " key.",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(index = "0", paramLabel = "FILE", description = "What is signed.") Path file,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              description = "The public key that must have signed it (default: any).")
          @Nullable Path key) {
    try {
      PublicKey signer =
          FileSignature.read(Files.readAllBytes(beside(file))).signerOf(Files.readAllBytes(file));
      if (key != null && !SigningKey.readPublic(key).equals(signer)) {
        throw new GeneralSecurityException(
            "it is signed by another key, " + SigningKey.fingerprint(signer));
      }
      System.out.println("signed by " + SigningKey.fingerprint(signer));
      return 0;
    } catch (IOException e) {
      throw cannot("check", file, e);
    } catch (GeneralSecurityException e) {
      throw new NepentheException(
          ErrorCode.NOT_VERIFIED,
          file + " is not to be trusted: " + e.getMessage() + ". Ask its author for another.",
          e);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  private static NepentheException cannot(String what, Path file, IOException e) {
    return new NepentheException(
        ErrorCode.IO, "cannot " + what + " " + file + " (" + e + "). Mend that, and try again.", e);
  }
}
