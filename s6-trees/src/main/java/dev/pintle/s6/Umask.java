package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.Map;

/**
 * The variable UMASK of linuxserver's images. Their own {@code /usr/bin/with-contenv} sets it for services alone, which it knows
 * by the directory that s6 runs them in: it is another one here.
 */
final class Umask {
    private static final String VARIABLE = "UMASK";
    private static final String PROGRAM = "/usr/bin/with-contenv";
    private static final String SERVICE = "svc-";
    private static final int MOST_DIGITS = 4;
    private static final int LARGEST = 0777;

    private final Trees trees;
    private final Edges edges;
    private final Map<String, S6Service> services;

    Umask(Trees trees, Edges edges, Map<String, S6Service> services) {
        this.trees = trees;
        this.edges = edges;
        this.services = services;
    }

    /** Sets it for the services that had it. */
    void lower(Map<String, String> variables) {
        String value = Text.trim(variables.getOrDefault(VARIABLE, ""));
        TreeFile program = trees.files().file(PROGRAM);
        boolean reads = program != null && program.isText() && program.text().indexOf(VARIABLE) >= 0;
        if (!reads || !isUmask(value)) {
            return;
        }
        for (Definition definition : trees.definitions().values()) {
            if (definition.type() == Definition.Type.LONGRUN
                    && definition.name().startsWith(SERVICE)) {
                set(definition, value);
            }
        }
        for (Definition definition : trees.legacy().values()) {
            set(definition, value);
        }
    }

    private void set(Definition definition, String value) {
        S6Service service = services.get(edges.nameOf(definition));
        TreeFile run = trees.files().file(definition.path("run"));
        String interpreter = run == null ? null : run.interpreter();
        if (service != null
                && interpreter != null
                && Text.words(interpreter + " ?").get(0).equals(PROGRAM)) {
            service.keys().putIfAbsent(Key.UMASK, value);
        }
    }

    private static boolean isUmask(String text) {
        try {
            return text.length() <= MOST_DIGITS && Values.octal(text, LARGEST) >= 0;
        } catch (BadValueException e) {
            return false;
        }
    }
}
