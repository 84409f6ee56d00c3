/** One line on what is here. */
@NullMarked
package org.example.mymethod;

import org.jspecify.annotations.NullMarked;
