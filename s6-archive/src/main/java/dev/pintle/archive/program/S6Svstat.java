package dev.pintle.archive.program;

import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import java.util.ArrayList;
import java.util.List;

/** {@code s6-svstat}: the state of a service. */
public final class S6Svstat {
    private static final String NAME = "s6-svstat";
    private static final List<String> FIELDS = List.of(
            "up",
            "wantedup",
            "normallyup",
            "ready",
            "paused",
            "pid",
            "exitcode",
            "signal",
            "signum",
            "updownsince",
            "readysince",
            "updownfor",
            "readyfor");
    private static final String SYNOPSIS = "[ -uwNrpest | -o " + String.join(",", FIELDS) + " ] [ -n ] servicedir";

    private S6Svstat() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        List<String> fields = new ArrayList<>();
        boolean numeric = false;
        Options options = new Options(call.words, "no:uwNrpgest");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            switch ((char) letter) {
                case 'n' -> numeric = true;
                case 'o' -> take(options.value(), fields);
                default -> fields.add(fieldOf((char) letter));
            }
        }
        if (!options.hasOperand()) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        Supervised service = Supervised.of(call, options.operand());
        Status status = service.status();
        if (status == null) {
            throw S6.fatal(1, NAME, ": unable to read status for " + service.word + ": s6-supervise not running");
        }
        if (fields.isEmpty()) {
            call.output.printRaw(status.text(numeric));
            return 0;
        }
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            String name = numeric && field.equals("signal") ? "signum" : field;
            values.add(String.valueOf(status.field(name)));
        }
        call.output.printRaw(String.join(" ", values));
        return 0;
    }

    private static String fieldOf(char letter) {
        return switch (letter) {
            case 'u' -> "up";
            case 'w' -> "wantedup";
            case 'N' -> "normallyup";
            case 'r' -> "ready";
            case 'p' -> "pid";
            case 'g' -> "pgid";
            case 'e' -> "exitcode";
            case 's' -> "signal";
            default -> "updownfor";
        };
    }

    private static void take(String list, List<String> fields) throws FailureException {
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            String field = list.substring(start, end);
            if (!isField(field)) {
                throw S6.fatal(S6.USAGE, NAME, "invalid option field: " + field);
            }
            fields.add(field);
            start = end + 1;
        }
    }

    private static boolean isField(String name) {
        for (String field : FIELDS) {
            if (field.equals(name)) {
                return true;
            }
        }
        // Newer than the list that Debian's prints.
        return name.equals("pgid");
    }
}
