/** The control that is trained without what is to be forgotten. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.retrainwithoutartifacts;
