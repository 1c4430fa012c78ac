/** What a run of the kit found, for people and for programs: text, JSON, JUnit XML, HTML. */
@NullMarked
package dev.landfall.testkit.report;

import org.jspecify.annotations.NullMarked;
