package dev.pintle.convert.move;

import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.lower.Report;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words by which people named programs to the old supervisor, as {@code pintle} takes them. */
final class ServiceWords {

    private static final Set<String> PROGRAMS = Set.of("program", "fcgi-program");

    private final Map<String, List<String>> programs = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Set<String> services = new HashSet<>();

    ServiceWords(Report report) {
        for (Report.Section section : report.sections()) {
            int colon = section.name().indexOf(':');
            String kind = colon < 0 ? "" : section.name().substring(0, colon);
            String name = section.name().substring(colon + 1);
            if (PROGRAMS.contains(kind)) {
                programs.put(name, section.services());
            } else if (kind.equals("group")) {
                groups.put(name, section.services());
            }
            services.addAll(section.services());
        }
    }

    /** Whether each service has the name that its process had. */
    boolean same() {
        return groups.isEmpty()
                && programs.entrySet().stream()
                        .allMatch(program -> program.getValue().equals(List.of(program.getKey())));
    }

    /** What {@code all}, {@code NAME}, {@code GROUP:NAME} or {@code GROUP:*} is now; absent where nothing is called so. */
    Optional<String> of(String word) {
        if (word.equals("all")) {
            return Optional.of("all");
        }
        int colon = word.indexOf(':');
        String group = colon < 0 ? word : word.substring(0, colon);
        String process = colon < 0 ? "" : word.substring(colon + 1);
        List<String> members = groups.getOrDefault(group, programs.getOrDefault(group, List.of()));
        if (colon >= 0 && (process.equals("*") || process.isEmpty())) {
            boolean several = groups.containsKey(group) || members.size() > 1;
            return members.isEmpty()
                    ? Optional.empty()
                    : Optional.of(several ? "@" + LegalName.of(group) : members.get(0));
        }
        if (colon < 0) {
            return members.size() == 1 && !groups.containsKey(group)
                    ? Optional.of(members.get(0))
                    : Optional.of(word).filter(services::contains);
        }
        String legal = LegalName.of(process);
        return members.stream()
                .filter(service -> service.equals(legal) || service.equals(LegalName.of(group) + "-" + legal))
                .findFirst();
    }
}
