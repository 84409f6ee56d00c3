package io.nepenthe.estimate;

/**
 * How fast a task's model is run.
 *
 * @param methods in the type in which it is measured and mitigated, by autograd
 * @param training as the task trains it: in float32, fused if it says so
 * @param regularized as it is trained with a hook: in float32, by autograd
 */
record TaskSpeeds(PassSpeed methods, PassSpeed training, PassSpeed regularized) {}
