package dev.pintle.convert.lower;

import java.util.Set;

/** Names that services and groups may have. */
public final class LegalName {

    /** What the layout keeps for the container's command and for all services. */
    private static final Set<String> RESERVED = Set.of("main", "all");

    private LegalName() {}

    /** Only characters that a service's name may have, the first one a letter or a digit. */
    public static String of(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (alphanumeric || (!out.isEmpty() && "._-".indexOf(c) >= 0)) {
                out.append(c);
            } else if (!out.isEmpty()) {
                out.append('-');
            }
        }
        String legal = out.isEmpty() ? "service" : out.toString();
        return RESERVED.contains(legal) ? legal + "-service" : legal;
    }
}
