package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.shell.ShellScript.Redirection;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.List;

/** Follows where the standard descriptors lead through a script's redirections. */
final class Streams {

    private static final String INHERITED = "inherit";
    private static final String MERGED = "stdout";

    private final Variables variables;
    private String in = INHERITED;
    private String out = INHERITED;
    private String error = INHERITED;

    Streams(Variables variables) {
        this.variables = variables;
    }

    void redirect(List<Redirection> redirections) throws Refusal {
        for (Redirection redirection : redirections) {
            redirect(redirection);
        }
    }

    private void redirect(Redirection redirection) throws Refusal {
        int offset = redirection.target().start();
        String target = Expansion.single(redirection.target(), variables)
                .literal()
                .orElseThrow(() -> new Refusal("it redirects to a variable of the container", offset));
        switch (redirection.descriptor() + redirection.operator()) {
            case "0<" -> {
                if (!target.equals("/dev/null")) {
                    throw new Refusal("it reads its standard input from a file", offset);
                }
                in = "null";
            }
            case "1>", "1>|" -> out = file(target, true, offset);
            case "1>>" -> out = file(target, false, offset);
            case "2>", "2>|" -> error = file(target, true, offset);
            case "2>>" -> error = file(target, false, offset);
            case "2>&" -> merge(target, offset);
            case "1&>", "1&>>" -> {
                out = file(target, redirection.operator().equals("&>"), offset);
                error = MERGED;
            }
            default -> throw new Refusal("it redirects other descriptors than the usual ones", offset);
        }
        if (error.equals(MERGED)
                && redirection.descriptor() == 1
                && !redirection.operator().startsWith("&")) {
            throw new Refusal("it redirects standard output after standard error has joined it", offset);
        }
    }

    private void merge(String target, int offset) throws Refusal {
        if (!target.equals("1")) {
            throw new Refusal("it redirects other descriptors than the usual ones", offset);
        }
        error = out.equals("null") ? "null" : MERGED;
    }

    private static String file(String path, boolean truncates, int offset) throws Refusal {
        if (path.equals("/dev/null")) {
            return "null";
        }
        if (truncates
                || !path.startsWith("/")
                || path.startsWith("/dev/")
                || !LayoutText.isPlain(LayoutText.escape(path))) {
            throw new Refusal("it writes to a file that the shell opens", offset);
        }
        return "file:" + LayoutText.escape(path);
    }

    /** Where standard output leads, as the layout's key {@code to} has it. */
    String out() {
        return out;
    }

    /** Writes the keys that are not the layout's defaults. */
    void fill(RunPlan plan) {
        // runsv leaves its own standard input to the service.
        fill(plan, Key.STDIN, in);
        fill(plan, Key.STDOUT_TO, out.equals(INHERITED) ? "" : out);
        fill(plan, Key.STDERR_TO, error.equals(INHERITED) ? "" : error);
    }

    /** What chpst has closed stays closed. */
    private static void fill(RunPlan plan, Key key, String to) {
        if (!to.isEmpty() && !plan.isSet(key)) {
            plan.set(key, to);
            if (to.startsWith("file:")) {
                plan.set(key == Key.STDOUT_TO ? Key.STDOUT_MAX_SIZE : Key.STDERR_MAX_SIZE, "0");
            }
        }
    }
}
