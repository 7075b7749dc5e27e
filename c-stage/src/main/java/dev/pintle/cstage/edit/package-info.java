/** The tree of generated C, and edits of it that count what they match. */
package dev.pintle.cstage.edit;
