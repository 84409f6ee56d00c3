/** Original models: the content-addressed cache, training that survives being killed. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.original;
