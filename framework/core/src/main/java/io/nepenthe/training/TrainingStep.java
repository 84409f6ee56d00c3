package io.nepenthe.training;

import io.nepenthe.model.Weights;

/**
 * A step of a training whose gradient is known, before the optimizer takes it.
 *
 * @param number of the step, from 1 over the optimizer's whole life
 * @param loss what it minimises, in nats, at the weights as they are
 * @param batch its rows
 * @param weights as they are before it
 */
public record TrainingStep(long number, double loss, TokenBatch batch, Weights weights) {}
