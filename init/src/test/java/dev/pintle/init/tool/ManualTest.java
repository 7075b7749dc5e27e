package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual pages name all there is, so that they cannot fall behind. */
final class ManualTest {
    private static final Path MANUAL = Path.of("../docs/man");
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z-]+)");
    private static final Pattern LETTER = Pattern.compile("(?<![\\w-])-([A-Za-z0-9])\\b");
    private static final Pattern PAGE_OPTION = Pattern.compile("Fl Fl ([a-z][a-z-]+)");
    /** Such as {@code refused("no-names"}. */
    private static final Pattern REFUSAL = Pattern.compile("refused\\(\\s*\"([a-z-]+)\"");

    private static final Path SOURCES = Path.of("src/main/java/dev/pintle/init");
    /** Such as {@code "timeout=t"}. */
    private static final Pattern LONG_NAME = Pattern.compile("\"([a-z][a-z-]+)=([A-Za-z])\"");

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
    void theSynopsisHasEveryCommand() throws IOException {
        String page = page("pintle.1");
        String synopsis = page.substring(page.indexOf(".Sh SYNOPSIS"), page.indexOf(".Sh DESCRIPTION"));
        for (Command command : Command.values()) {
            require(synopsis, "\\.Cm (.* )?" + command.word() + "\\b", command.word());
        }
        assertEquals(List.of(), missing);
    }

    /** What a page promises, the program has. */
    @Test
    void everyOptionOfAPageIsOneOfItsProgram() throws IOException {
        StringBuilder options = new StringBuilder();
        longNames().forEach(name -> options.append("--").append(name).append(' '));
        for (Program program : Program.values()) {
            if (program.origin() == Program.Origin.PINTLE) {
                String known = program.synopsis() + program.help() + options + "--help";
                requireEach(page(program.command() + ".1"), known, program.command());
            }
        }
        StringBuilder usages = new StringBuilder("--help");
        for (Command command : Command.values()) {
            usages.append(command.usage());
        }
        requireEach(page("pintle.1"), usages.toString(), "pintle");
        assertEquals(List.of(), missing);
    }

    private void requireEach(String page, String known, String program) {
        PAGE_OPTION
                .matcher(page)
                .results()
                .filter(option -> !known.contains("--" + option.group(1)))
                .forEach(option -> missing.add(program + " --" + option.group(1)));
    }

    @Test
    void everyRefusalIsDescribed() throws IOException {
        String page = page("pintle.1");
        List<String> words = new ArrayList<>(List.of("busy", "forbidden"));
        try (Stream<Path> sources = Files.walk(SOURCES.resolve("control"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                REFUSAL.matcher(Files.readString(source)).results().forEach(word -> words.add(word.group(1)));
            }
        }
        assertTrue(words.size() > 10, "refusals are found in the sources");
        for (String word : words) {
            require(page, "\\.It Cm " + word + " Ta ", word);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyProgramOfOursHasAPageWithItsOptions() throws IOException {
        for (Program program : Program.values()) {
            if (program.origin() != Program.Origin.PINTLE) {
                continue;
            }
            String page = page(program.command() + ".1");
            require(page, "\\.Nd " + Pattern.quote(program.summary()) + "$", program.command() + " in short");
            String help = program.synopsis() + program.help();
            OPTION.matcher(help)
                    .results()
                    .forEach(option ->
                            require(page, ".*Fl Fl " + option.group(1) + "\\b", program.command() + option.group()));
            LETTER.matcher(help)
                    .results()
                    .forEach(option -> require(page, ".*Fl .*" + option.group(1), program.command() + option.group()));
            require(page, ".*Fl Fl help\\b", program.command() + " --help");
        }
        assertEquals(List.of(), missing);
    }

    /** What a program takes is in its page, whether its help names it or not. */
    @Test
    void everyOptionThatAProgramTakesIsInAPage() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Program program : Program.values()) {
            if (program.origin() == Program.Origin.PINTLE) {
                pages.append(page(program.command() + ".1"));
            }
        }
        List<String> names = longNames();
        names.forEach(name -> require(pages.toString(), ".*Fl Fl " + name + "\\b", name));
        assertTrue(names.size() > 20, "options are found in the sources");
        assertEquals(List.of(), missing);
    }

    /** The long options in the sources of all programs. */
    private static List<String> longNames() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                if (text.contains("new Options(")) {
                    LONG_NAME.matcher(text).results().forEach(name -> names.add(name.group(1)));
                }
            }
        }
        return names;
    }

    @Test
    void everyProgramThatStandsInForAnotherIsNamed() throws IOException {
        String runit = page("pintle-compat-runit.7");
        String s6 = page("pintle-compat-s6.7");
        for (Program program : Program.values()) {
            if (program.origin() != Program.Origin.PINTLE) {
                String page = program.origin() == Program.Origin.RUNIT ? runit : s6;
                require(page, "\\.It Nm " + program.command() + "( .*)?$", program.command());
            }
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
