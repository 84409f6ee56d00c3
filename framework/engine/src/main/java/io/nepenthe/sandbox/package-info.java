/** How a worker is contained: what it may read, write, know and use. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.sandbox;
