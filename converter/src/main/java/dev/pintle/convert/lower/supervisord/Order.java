package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The order of the groups. supervisord starts them by priority without waiting, and stops them one by one the other way
 * round. Here each level of priority comes after the next lower one, so levels stop one by one and the groups of a level
 * together.
 */
final class Order {

    /** Of services and groups, by priority. */
    private final TreeMap<Long, List<String>> services = new TreeMap<>();

    private final TreeMap<Long, Long> stopSeconds = new TreeMap<>();
    private long before;

    Order(List<GroupConfig> groups, ServiceNames names) {
        for (GroupConfig group : groups) {
            long longest = 0;
            for (ProcessConfig process : group.processes()) {
                services.computeIfAbsent(priority(group), p -> new ArrayList<>())
                        .add(names.of(process));
                longest = Math.max(
                        longest, Math.max(0, process.stop().waitSeconds().or(10L)));
            }
            before += longest;
            stopSeconds.merge(priority(group), longest, Math::max);
        }
    }

    private static long priority(GroupConfig group) {
        return group.priority().or(999L);
    }

    /** The services that those of a group come after. */
    List<String> after(GroupConfig group) {
        var lower = services.lowerEntry(priority(group));
        return lower == null ? List.of() : lower.getValue().stream().sorted().toList();
    }

    /** Whether there is more than one level. */
    boolean hasLevels() {
        return services.size() > 1;
    }

    /** How long a stop can take, before and after. */
    Report.StopTime stopTime() {
        return new Report.StopTime(
                before, stopSeconds.values().stream().mapToLong(Long::longValue).sum());
    }
}
