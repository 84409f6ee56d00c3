package io.nepenthe.docs;

import io.nepenthe.comparison.RunComparison;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.json.Json;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.plan.PlanFile;
import io.nepenthe.report.view.ManySeedsDocument;
import io.nepenthe.retention.ChallengesDocument;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.PlannedTrials;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.submission.FileSignature;
import io.nepenthe.submission.Submission;
import io.nepenthe.submission.Verification;
import io.nepenthe.summary.SelectionDocument;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published schemas are those of the classes that are written. */
class SchemasTest {
  /** Documents of a run whose schema is made of the class that is written. */
  enum Document {
    PLAN(PlannedTrials.class, false, true),
    UNITS(PlanFile.class, false, true),
    UNIT(WorkUnit.class, false, false),
    ORIGINAL(OriginalResult.class, false, true),
    TIMING(TimingResult.class, false, true),
    CHALLENGE(ChallengeResult.class, false, true),
    ENERGY(EnergyUse.class, false, true),
    SUMMARY(SummaryRow.class, true, false),
    SELECTION(SelectionDocument.class, false, false),
    CHALLENGES(ChallengesDocument.class, false, false),
    LANDSCAPE(LossLandscapes.class, false, false),
    COMPARISON(RunComparison.class, false, false),
    MANY_SEEDS(ManySeedsDocument.class, false, false),
    SUBMISSION(Submission.class, false, false),
    SIGNATURE(FileSignature.class, false, false),
    VERIFICATION(Verification.class, false, true);

    private final Class<?> type;
    private final boolean isArray;
    private final boolean isSealed;

    Document(Class<?> type, boolean isArray, boolean isSealed) {
      this.type = type;
      this.isArray = isArray;
      this.isSealed = isSealed;
    }

    Path file() {
      return SourceTree.ROOT.resolve("docs/schemas/" + word() + ".schema.json");
    }

    private String word() {
      return Words.id(this);
    }

    String schema() {
      return Json.pretty(
          JsonSchemas.document("Nepenthe: " + word() + ".json", type, isArray, isSealed));
    }
  }

  @ParameterizedTest
  @EnumSource
  void publishedSchemaEqualsTheClass(Document document) throws IOException {
    Generated.checkFile(document.file(), document.schema());
  }
}
