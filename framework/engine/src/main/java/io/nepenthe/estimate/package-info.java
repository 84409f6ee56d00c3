/** What a run will take, before it runs. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.estimate;
