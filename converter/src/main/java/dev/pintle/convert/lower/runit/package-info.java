/**
 * What runit's service directories mean, as drafts of Pintle's, with an account of every file.
 *
 * <p>A run script that is a straight list of settings and one {@code exec} becomes keys: {@link
 * dev.pintle.convert.lower.runit.RunScript} follows it statement by statement as a shell would, and gives up at the first
 * whose effect only a running shell knows. A script that it gives up on is carried over byte for byte, which is always
 * faithful, and only what is certain is said in keys beside it.
 *
 * <p>Sources of the rules: the manual pages and programs of runit 2.1.2 (runsv, runsvdir, sv, chpst, svlogd), XCU 2 of
 * POSIX.1-2017 for the shell, and phusion's my_init.
 */
@NullMarked
package dev.pintle.convert.lower.runit;

import org.jspecify.annotations.NullMarked;
