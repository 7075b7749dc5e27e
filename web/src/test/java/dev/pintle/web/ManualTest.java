package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual page names every option, and no other. */
final class ManualTest {
    private static final Pattern OPTION = Pattern.compile("(?:-([a-z]), )?--([a-z][a-z-]+)");
    private static final Pattern PAGE_OPTION = Pattern.compile("Fl Fl ([a-z][a-z-]+)");

    @Test
    void thePageHasWhatTheHelpHas() throws IOException {
        String page = Files.readString(Path.of("../docs/man/pintle-web.1"));
        List<String> differences = new ArrayList<>();
        OPTION.matcher(Commands.HELP).results().forEach(option -> {
            String letter = option.group(1) == null ? "" : ".*Fl " + option.group(1) + " .*";
            Pattern line = Pattern.compile("^\\..*" + letter + "Fl Fl " + option.group(2) + "\\b", Pattern.MULTILINE);
            if (!line.matcher(page).find()) {
                differences.add("the page has no " + option.group());
            }
        });
        PAGE_OPTION
                .matcher(page)
                .results()
                .map(option -> "--" + option.group(1))
                .filter(option -> !Commands.HELP.contains(option) && !option.equals("--help"))
                .filter(option -> !option.equals("--version"))
                .forEach(option -> differences.add("the help has no " + option));
        assertEquals(List.of(), differences);
    }
}
