/**
 * The loss around a model's weights, on a plane of two random directions (Li et al., Visualizing
 * the Loss Landscape of Neural Nets, 2018; the paper's section A.5 and Figure 4).
 *
 * <p>Directions are drawn from the normal distribution and normalised filter by filter, so that
 * models whose weights differ in scale compare; vectors (biases, layer norms) are not moved. The
 * reference draws from the uniform distribution, moves vectors too, and has the model beside the
 * grid (EVALUATION 8): here it is the grid's centre.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.landscape;
