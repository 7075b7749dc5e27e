package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The order of the groups. supervisord starts them by priority without waiting, and stops them one by one the other way
 * round. Here each level of priority comes after the next lower one, so levels stop one by one and the groups of a level
 * together. Where that makes more edges than a layout may have, a milestone stands between two levels.
 */
final class Order {

    /** supervisord's, where a program says nothing. */
    static final long DEFAULT_SECONDS = 10;

    /** What a stop needs beyond the services' own grace periods. */
    private static final long MARGIN = 1;

    /** Edges for the order alone; others, such as dependencies, may need some of a layout's, too. */
    private static final long MOST_EDGES = Budget.MOST_EDGES / 2;

    /** Of services and groups, by priority; sorted. */
    private final TreeMap<Long, List<String>> services = new TreeMap<>();

    private final TreeMap<Long, Long> stopSeconds = new TreeMap<>();
    private final TreeMap<Long, Long> askedSeconds = new TreeMap<>();
    private final ServiceNames names;
    private long before;
    private boolean allAsk = true;

    /** {@code asks} tells whether a program says itself how long its stop may take. */
    Order(List<GroupConfig> groups, ServiceNames names, Predicate<ProcessConfig> asks) {
        this.names = names;
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
        if (lower == null) {
            return List.of();
        }
        return needsMilestones() ? List.of(milestone(lower.getKey())) : lower.getValue();
    }

    /** Whether the services of a level come after a milestone instead of all those of the next lower one. */
    boolean needsMilestones() {
        long edges = 0;
        int lower = 0;
        for (List<String> level : services.values()) {
            edges += (long) lower * level.size();
            lower = level.size();
        }
        return edges > MOST_EDGES;
    }

    private String milestone(long priority) {
        return names.free("priority-" + (priority < 0 ? "minus-" + -priority : priority));
    }

    /**
     * For each level but the highest a milestone that comes after the services of the level. Without something to be run when it
     * is brought down it would be down at once, and the level would not wait for the higher one.
     */
    List<Draft> milestones() {
        List<Draft> milestones = new ArrayList<>();
        for (var level : services.headMap(services.lastKey()).entrySet()) {
            Draft draft = new Draft(milestone(level.getKey()), "the programs with priority = " + level.getKey());
            draft.set(Key.TYPE, "oneshot");
            draft.set(Key.DOWN_COMMAND, "true");
            draft.set(Key.AFTER, LayoutText.list(level.getValue()));
            milestones.add(draft);
        }
        return milestones;
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
