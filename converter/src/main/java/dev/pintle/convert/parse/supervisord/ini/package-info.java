/**
 * The only package that knows ini4j.
 *
 * <p>ini4j keeps sections and options: it merges sections that occur twice and lets the last of equal keys win, across
 * all files of a configuration. It is never shown what a user wrote, of which it would misread a good part
 * (continuations, comments after values, backslashes). It gets a plain rendering of what the scanner found, in which
 * every character but letters, digits and a few harmless ones is written as its number, and what it returns is decoded
 * again; a test with random texts holds that nothing is lost. Its own escapes will not do: it trims a value after it has
 * decoded them. Positions are kept beside it. {@code Ini.fetch()} is never called: it can be made to recurse for ever
 * (CVE-2022-41404).
 */
@NullMarked
package dev.pintle.convert.parse.supervisord.ini;

import org.jspecify.annotations.NullMarked;
