package io.nepenthe.run;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.worker.WorkerPool;

/**
 * What all parts of one run share.
 *
 * @param suite what is run
 * @param settings where and how
 * @param store receives the results
 * @param pool the workers
 * @param listener hears what happens
 * @param clock says where the time goes
 * @param provenance where it runs
 */
record RunContext(
    Suite suite,
    RunSettings settings,
    RunStore store,
    WorkerPool pool,
    RunListener listener,
    PhaseClock clock,
    Provenance provenance) {}
