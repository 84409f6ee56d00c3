/** What the judge and a worker say to each other: requests, answers, and files of rows. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.exchange;
