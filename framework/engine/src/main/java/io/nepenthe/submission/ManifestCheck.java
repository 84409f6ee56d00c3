package io.nepenthe.submission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether an archive holds what its manifest lists, made with what the manifest says. */
final class ManifestCheck {
  private static final Set<String> NOT_LISTED =
      Set.of(ArchivePaths.SUBMISSION, ArchivePaths.SIGNATURE);

  private ManifestCheck() {}

  static void hashes(SubmissionArchive archive, Findings findings) {
    Map<String, PackedFile> there = new HashMap<>();
    archive.contents().stream()
        .filter(file -> !NOT_LISTED.contains(file.path()))
        .forEach(file -> there.put(file.path(), file));
    List<PackedFile> listed = archive.submission().files();
    for (PackedFile file : listed) {
      PackedFile found = there.remove(file.path());
      if (found == null) {
        findings.fail(Rule.HASHES, file.path() + " is listed and not there");
      } else if (!found.equals(file)) {
        findings.fail(
            Rule.HASHES,
            file.path() + " has SHA-256 " + found.sha256() + ", listed is " + file.sha256());
      }
    }
    there.keySet().forEach(path -> findings.fail(Rule.HASHES, path + " is not listed"));
    findings.pass(Rule.HASHES, listed.size() + " files are as they are listed");
  }

  static void lock(Submission submission, Evidence evidence, Findings findings) {
    submission
        .lock()
        .differences(Lock.of(evidence.run()))
        .forEach(words -> findings.fail(Rule.LOCK, "lock: " + words + " as run.json has it"));
    evidence.trials().stream()
        .filter(
            trial ->
                !trial.provenance().libtorch().equals(submission.lock().libtorch())
                    || !trial.provenance().djl().equals(submission.lock().djl()))
        .forEach(
            trial ->
                findings.question(
                    Rule.LOCK,
                    trial.id() + " was measured with libtorch " + trial.provenance().libtorch()));
    findings.pass(
        Rule.LOCK,
        "protocol "
            + submission.lock().protocol()
            + ", libtorch "
            + submission.lock().libtorch()
            + ", "
            + submission.lock().platform());
  }
}
