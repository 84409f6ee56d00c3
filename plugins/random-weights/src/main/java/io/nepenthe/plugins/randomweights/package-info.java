/** The control that destroys the model. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.randomweights;
