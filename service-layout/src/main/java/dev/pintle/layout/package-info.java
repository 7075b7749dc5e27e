/**
 * The service layout: what a user writes under {@code /etc/pintle}, what the converter emits and what the init reads.
 *
 * <p>One parser serves all three. It sees a layout through {@link dev.pintle.layout.LayoutSource}, a tree of named
 * texts, so this module does no I/O of its own and the same code runs in the natively compiled init, in the converter
 * and in tests. Nothing here may use regular expressions, {@code String.format}, streams or {@code java.nio.file}: each
 * of them costs the native binary more than the whole parser does.
 *
 * <p>Every mistake becomes a {@link dev.pintle.layout.Diagnostic}; a parse never stops at the first one.
 */
@NullMarked
package dev.pintle.layout;

import org.jspecify.annotations.NullMarked;
