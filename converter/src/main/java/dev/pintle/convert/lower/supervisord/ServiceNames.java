package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds a name for each process: the one that supervisord has, where a service can have it and no other process does;
 * else with the group's name before it.
 */
final class ServiceNames {

    private final IdentityHashMap<ProcessConfig, String> names = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();

    ServiceNames(List<GroupConfig> groups) {
        Map<String, Integer> uses = new HashMap<>();
        groups.forEach(group -> group.processes().forEach(process -> uses.merge(plain(process), 1, Integer::sum)));
        for (GroupConfig group : groups) {
            boolean shared = group.socket().isPresent() && group.processes().size() > 1;
            boolean first = true;
            for (ProcessConfig process : group.processes()) {
                if (shared && !first) {
                    // Those that share a socket are instances of one service.
                    names.put(process, of(group.processes().get(0)));
                    continue;
                }
                first = false;
                String plain = shared ? LegalName.of(group.name()) : plain(process);
                boolean alone = uses.getOrDefault(plain, 0) <= 1;
                String name = alone ? plain : LegalName.of(group.name()) + "-" + plain;
                String free = name;
                for (int i = 2; !taken.add(free); i++) {
                    free = name + "-" + i;
                }
                names.put(process, free);
            }
        }
    }

    /** The name of the service that a process becomes. */
    String of(ProcessConfig process) {
        String name = names.get(process);
        if (name == null) {
            throw new IllegalArgumentException("no such process");
        }
        return name;
    }

    /** A name that no process has, and begins with the given one. */
    String free(String name) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** A name that depends on variables cannot be a directory's; the program's has to do. */
    private static String plain(ProcessConfig process) {
        return LegalName.of(process.name().literal().orElse(process.program()));
    }
}
