/** Stored runs read back, merged and summarized. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.summary;
