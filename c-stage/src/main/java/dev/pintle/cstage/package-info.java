/**
 * The stage of the build between TeaVM and the C compiler: it rewrites the C that TeaVM generates. {@link CStage} is the
 * command. Package {@code edit} has the tree of C files and what counts the matches of a rewrite, {@code every} the rewrites
 * that every build needs, and {@code release} those that make the release smaller; docs/adr/0003 says what each saves.
 */
package dev.pintle.cstage;
