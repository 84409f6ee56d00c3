/** Whether what a model forgot stays forgotten: challenges put to the winners of a run. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.challenge;
