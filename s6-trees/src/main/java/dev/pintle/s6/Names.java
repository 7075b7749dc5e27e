package dev.pintle.s6;

import dev.pintle.layout.text.Ascii;
import java.util.HashMap;
import java.util.Map;

/** The names that services have in the layout: the same as in the trees, as far as the layout takes them. */
final class Names {

    private final Map<String, String> byName = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    /** The name in the layout; two of the trees never get the same. */
    String of(String name) {
        String known = byName.get(name);
        if (known != null) {
            return known;
        }
        String legal = legal(name);
        String unique = legal;
        for (int i = 2; owners.putIfAbsent(unique, name) != null; i++) {
            unique = legal + "-" + i;
        }
        byName.put(name, unique);
        return unique;
    }

    /** Only characters that a service's name may have, the first one a letter or a digit. */
    static String legal(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = Ascii.isNamePart(c) && c != '_';
            if (alphanumeric || (out.length() > 0 && "._-".indexOf(c) >= 0)) {
                out.append(c);
            } else if (out.length() > 0) {
                out.append('-');
            }
        }
        String legal = out.length() == 0 ? "service" : out.toString();
        return legal.equals("main") || legal.equals("all") ? legal + "-service" : legal;
    }
}
