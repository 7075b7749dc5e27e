package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The order of the groups. supervisord starts them by priority without waiting, and stops them one by one the other way
 * round. Here each level of priority comes after the next lower one, so levels stop one by one and the groups of a level
 * together.
 */
final class Order {

    /** supervisord's, where a program says nothing. */
    static final long DEFAULT_SECONDS = 10;

    /** What a stop needs beyond the services' own grace periods. */
    private static final long MARGIN = 1;

    /** Of services and groups, by priority; sorted. */
    private final TreeMap<Long, List<String>> services = new TreeMap<>();

    private final TreeMap<Long, Long> stopSeconds = new TreeMap<>();
    private final TreeMap<Long, Long> askedSeconds = new TreeMap<>();
    private long before;
    private boolean allAsk = true;

    /** {@code asks} tells whether a program says itself how long its stop may take. */
    Order(List<GroupConfig> groups, ServiceNames names, Predicate<ProcessConfig> asks) {
        for (GroupConfig group : groups) {
            long longest = 0;
            for (ProcessConfig process : group.processes()) {
                services.computeIfAbsent(priority(group), p -> new ArrayList<>())
                        .add(names.of(process));
                long seconds = Math.max(0, process.stop().waitSeconds().or(DEFAULT_SECONDS));
                longest = Math.max(longest, seconds);
                boolean asked = asks.test(process);
                allAsk &= asked;
                askedSeconds.merge(priority(group), asked ? seconds : 0, Math::max);
            }
            before += longest;
            stopSeconds.merge(priority(group), longest, Math::max);
        }
        services.values().forEach(level -> level.sort(null));
    }

    private static long priority(GroupConfig group) {
        return group.priority().or(999L);
    }

    /** The services that those of a group come after. */
    List<String> after(GroupConfig group) {
        var lower = services.lowerEntry(priority(group));
        return lower == null ? List.of() : lower.getValue();
    }

    /** Whether there is more than one level. */
    boolean hasLevels() {
        return services.size() > 1;
    }

    /**
     * How long a stop can take, before and after. Where no program asks for more, it stays inside what Docker grants:
     * a container that init itself brings to an end says who was late, and exits with its code.
     */
    Report.StopTime stopTime() {
        long asked = sum(askedSeconds);
        return new Report.StopTime(
                before,
                asked + MARGIN > Report.StopTime.USUAL
                        ? sum(stopSeconds) + MARGIN
                        : Math.min(sum(stopSeconds) + MARGIN, Report.StopTime.USUAL));
    }

    /**
     * How long a program that says nothing of it has for its stop: supervisord's ten seconds, or what the whole stop has
     * where that is less. More than that it could never have.
     */
    long usualSeconds() {
        return Math.min(DEFAULT_SECONDS, stopTime().after());
    }

    /** Whether that is less than it was, for any program. */
    boolean shortensStops() {
        return !allAsk && usualSeconds() < DEFAULT_SECONDS;
    }

    private static long sum(Map<Long, Long> seconds) {
        return seconds.values().stream().mapToLong(Long::longValue).sum();
    }
}
