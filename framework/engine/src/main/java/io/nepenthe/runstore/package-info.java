/** Results on disk: one JSON file each, whole or not at all; damaged ones are set aside. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.runstore;
