/** Tests on configurations from public repositories, which are not part of this one. */
@NullMarked
package dev.pintle.convert.corpus;

import org.jspecify.annotations.NullMarked;
