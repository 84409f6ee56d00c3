/** Example-tied dropout: hidden units that only single examples may use, and that are left out. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.exampletieddropout;
