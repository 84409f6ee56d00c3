/** New plugins: whole projects that work before a line is written. */
@NullMarked
package io.nepenthe.scaffold;

import org.jspecify.annotations.NullMarked;
