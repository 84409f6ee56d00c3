/** Files and folders that appear whole or not at all. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.files;
