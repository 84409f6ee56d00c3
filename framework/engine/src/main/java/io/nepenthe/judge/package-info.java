/** The evaluator: measures models and never runs plugin code. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.judge;
