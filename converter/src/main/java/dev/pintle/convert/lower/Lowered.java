package dev.pintle.convert.lower;

import java.util.List;

/**
 * What a configuration becomes.
 *
 * @param services  sorted by name
 * @param container pintle.conf
 * @param report    the account of every key
 */
public record Lowered(List<Draft> services, Draft container, Report report) {}
