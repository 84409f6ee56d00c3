package io.nepenthe.run;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.Results;
import io.nepenthe.suite.Suite;
import io.nepenthe.worker.Workers;

/**
 * What all parts of one run share.
 *
 * @param suite what is run
 * @param settings where and how
 * @param store receives the results
 * @param workers who computes
 * @param listener hears what happens
 * @param clock says where the time goes
 * @param given models that are not trained here
 * @param provenance where it runs
 * @param methods who runs at a time
 * @param budget what its trials may take
 * @param judged who sees the models that they leave
 * @param room for models that are measured
 */
record RunContext(
    Suite suite,
    RunSettings settings,
    Results store,
    Workers workers,
    RunListener listener,
    PhaseClock clock,
    GivenOriginals given,
    Provenance provenance,
    Visits methods,
    TrialBudget budget,
    JudgedModels judged,
    MeasuringRoom room) {}
