/** Loss truncation: rows of unusually high loss are left out of training. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.losstruncation;
