/** What challenges leave of the forgetting, as tables: retention, attacks, changes of rank. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.lasting;
