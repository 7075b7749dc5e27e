package dev.pintle.init.core;

/**
 * A start or a run of a service that failed. Times are the supervisor's, in milliseconds.
 *
 * @param at     when
 * @param lasted how long the run was
 * @param how    in words
 */
public record Failure(long at, long lasted, String how) {}
