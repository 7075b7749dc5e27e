/** The rewrites that make the release smaller; the debug build does without. docs/adr/0003 says what each saves. */
package dev.pintle.cstage.release;
