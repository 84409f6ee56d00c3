/** JSON, read and written strictly. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.json;
