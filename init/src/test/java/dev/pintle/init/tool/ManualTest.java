package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.core.State;
import dev.pintle.init.program.ExitCode;
import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual pages name all there is, so that they cannot fall behind. */
final class ManualTest {
    private static final Path MANUAL = Path.of("../docs/man");
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z-]+)");

    private final List<String> missing = new ArrayList<>();

    private static String page(String name) throws IOException {
        return Files.readString(MANUAL.resolve(name));
    }

    /** Notes what a page has no line for; {@code line} is a regular expression. */
    private void require(String page, String line, String what) {
        if (!Pattern.compile("^" + line, Pattern.MULTILINE).matcher(page).find()) {
            missing.add(what);
        }
    }

    @Test
    void everyKeyIsDescribedInItsSection() throws IOException {
        for (Section.File file : Section.File.values()) {
            String page = page(file.text() + ".5");
            for (Section section : Section.values()) {
                if (section.file() == file) {
                    requireSection(page, section);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private void requireSection(String page, Section section) {
        String header = section == Section.SERVICE ? ".Sh KEYS" : ".Ss [" + section.text() + "]";
        int start = page.indexOf(header + "\n");
        if (start < 0) {
            missing.add(header);
            return;
        }
        String end = section == Section.SERVICE ? "\n.Ss [" : "\n.S";
        int next = page.indexOf(end, start + header.length());
        String text = page.substring(start, next < 0 ? page.length() : next);
        for (Key key : section == Section.DEFAULTS ? List.<Key>of() : Key.of(section)) {
            String variable = key.variable() == null ? "" : " Pq Ev " + key.variable() + "$";
            require(text, "\\.It Ic " + Pattern.quote(key.text()) + "( No = .*)?" + variable, key.label());
            for (String choice : key.choices()) {
                require(
                        text,
                        "\\.It Ic " + Pattern.quote(key.text()) + " .*\\b" + choice + "\\b",
                        key.label() + choice);
            }
        }
    }

    @Test
    void everyCommandIsDescribedWithItsOptions() throws IOException {
        String page = page("pintle.1");
        for (Command command : Command.values()) {
            String item = "\\.It Cm " + command.word() + "\\b";
            require(page, item, command.word());
            OPTION.matcher(command.usage())
                    .results()
                    .forEach(option -> require(
                            page, item + ".*Fl Fl " + option.group(1) + "\\b", command.word() + option.group()));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyStateAndExitCodeIsDescribed() throws IOException {
        String init = page("pintle-init.8");
        for (State state : State.values()) {
            require(init, "\\.It Cm " + state.text() + "$", state.text());
        }
        String command = page("pintle.1");
        int[] codes = {
            ExitCode.OK,
            ExitCode.FAILED,
            ExitCode.USAGE,
            ExitCode.NOT_RUNNING,
            ExitCode.NO_SUCH_SERVICE,
            ExitCode.NO_INIT,
            ExitCode.TIMED_OUT
        };
        for (int code : codes) {
            require(command, "\\.It " + code + "$", "code " + code);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyVariableIsNamed() throws IOException {
        String init = page("pintle-init.8");
        for (Key key : Key.values()) {
            if (key.variable() != null) {
                require(init, "\\.(It )?Ev " + key.variable() + "\\b", key.variable());
            }
        }
        assertEquals(List.of(), missing);
    }
}
