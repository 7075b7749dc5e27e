package dev.pintle.archive.program;

import dev.pintle.archive.boot.Sources;
import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.s6.Database;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code s6-rc-db}: what is in the database of services, which is not compiled here: the trees are read. */
public final class S6RcDb {
    private static final String NAME = "s6-rc-db";
    private static final String SYNOPSIS =
            "[ -u | -d ] [ -l live ] [ -b ] check | list all|services|oneshots|longruns|bundles"
                    + " | type name | timeout name | contents bundle | dependencies name | pipeline longrun"
                    + " | atomics name... | all-dependencies name...";
    /** What the originals call it in messages. */
    private static final String COMPILED = "/run/s6-rc/compiled";

    private static final int NO_SUCH = 3;
    private static final int WRONG_TYPE = 5;

    private final Invocation call;
    private final Database database;
    private final boolean down;

    private S6RcDb(Invocation call, boolean down) {
        this.call = call;
        this.database = Sources.read(call);
        this.down = down;
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        boolean down = false;
        Options options = new Options(call.words, "udbl:c:");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            down = letter == 'd' || (down && letter != 'u');
        }
        List<String> words = options.operands();
        if (words.isEmpty()) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        return new S6RcDb(call, down).run(words.get(0), words.subList(1, words.size()));
    }

    private int run(String command, List<String> words) throws FailureException {
        switch (command) {
            case "check" -> {}
            case "list" -> list(one(words));
            case "type" -> call.output.print(type(one(words)));
            case "timeout" -> call.output.print(String.valueOf(database.timeout(service(one(words)), down)));
            case "contents" -> print(database.services(List.of(bundle(one(words)))));
            case "dependencies" -> print(database.dependencies(services(List.of(one(words))), down));
            case "pipeline" -> print(database.pipeline(service(one(words))));
            case "atomics" -> print(services(words));
            case "all-dependencies" -> print(database.closure(services(words), down));
            default -> throw S6.fatal(S6.USAGE, NAME, "unknown command: " + command);
        }
        return 0;
    }

    private static String one(List<String> words) throws FailureException {
        if (words.size() != 1) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        return words.get(0);
    }

    private void list(String kind) throws FailureException {
        switch (kind) {
            case "all" -> print(database.names(""));
            case "services" -> print(database.services(database.names("")));
            case "oneshots" -> print(database.names("oneshot"));
            case "longruns" -> print(database.names("longrun"));
            case "bundles" -> print(database.names("bundle"));
            default -> throw S6.fatal(S6.USAGE, NAME, "unknown subcommand: " + kind);
        }
    }

    private void print(Collection<String> names) {
        for (String name : names) {
            call.output.print(name);
        }
    }

    private String type(String name) throws FailureException {
        String type = database.type(name);
        if (type == null) {
            throw S6.fatal(NO_SUCH, NAME, name + " is not a valid identifier in " + COMPILED);
        }
        return type;
    }

    private Set<String> services(List<String> names) throws FailureException {
        if (names.isEmpty()) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        for (String name : names) {
            type(name);
        }
        return database.services(names);
    }

    private String service(String name) throws FailureException {
        return ofType(name, !type(name).equals("bundle"), "a bundle");
    }

    private String bundle(String name) throws FailureException {
        return ofType(name, type(name).equals("bundle"), "an atomic service");
    }

    private static String ofType(String name, boolean right, String what) throws FailureException {
        if (!right) {
            throw S6.fatal(
                    WRONG_TYPE, NAME, "in database " + COMPILED + ": identifier " + name + " represents " + what);
        }
        return name;
    }
}
