package io.nepenthe.run;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.runstore.OriginalResult;

/**
 * An original model and what was measured of it.
 *
 * @param checkpoint its last checkpoint
 * @param result its measurement
 */
record MeasuredOriginal(Checkpoint checkpoint, OriginalResult result) {}
