/**
 * supervisord's event listeners (http://supervisord.org/events.html) on the init's events: {@code pintle-web listener COMMAND}.
 * {@link dev.pintle.web.listener.Translation} says what happened in supervisord's words, {@link
 * dev.pintle.web.listener.Conversation} is the protocol on the listener's streams; both are pure.
 */
@NullMarked
package dev.pintle.web.listener;

import org.jspecify.annotations.NullMarked;
