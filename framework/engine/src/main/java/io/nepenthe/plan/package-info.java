/** Runs cut into units that machines do by themselves: written down, and put together again. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plan;
