/**
 * From the service trees of an image with s6-overlay to the service layout: files in, service definitions and the fate of
 * every file out.
 *
 * <p>{@link dev.pintle.s6.Translator} is the way in. It sees the image through {@link dev.pintle.s6.ImageFiles}, so this
 * module does no I/O of its own, and the same code can run in the converter, when an image is built, and natively, when a
 * container starts. As in the service layout, nothing here may use regular expressions, {@code String.format}, streams or
 * {@code java.nio.file}.
 *
 * <p>What s6-overlay does was recorded from version 3.2.3.2. A script stays where it is, and so do the files beside it; a
 * script becomes keys only where every line of it is understood. What has no rule is reported as not carried.
 */
@NullMarked
package dev.pintle.s6;

import org.jspecify.annotations.NullMarked;
