package dev.pintle.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.ProcessSettings.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTest {

    private static final Path REFERENCE = Path.of("../docs/reference/service-conf-keys.md");

    @Test
    void everyKeyIsFoundInItsSectionOnce() {
        Set<String> seen = new HashSet<>();
        for (Key key : Key.values()) {
            assertEquals(key, Key.find(key.section(), key.text()));
            assertTrue(seen.add(key.label()), key.label());
        }
        assertNull(Key.find(Section.HEALTHCHECK, "command"));
        assertEquals(Key.COMMAND, Key.find(Section.DEFAULTS, "command"));
    }

    @Test
    void everyResourceHasAKey() {
        assertEquals(Resource.values().length, Key.of(Section.ULIMITS).size());
        for (Resource resource : Resource.values()) {
            assertNotNull(Key.find(Section.ULIMITS, resource.name().toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void onlyChoicesHaveChoicesAndTheDefaultIsOne() {
        for (Key key : Key.values()) {
            assertEquals(key.kind() != ValueKind.CHOICE, key.choices().isEmpty(), key.label());
            assertTrue(
                    key.choices().isEmpty() || key.choices().contains(String.valueOf(key.defaultValue())), key.label());
        }
    }

    @Test
    void variablesOverrideContainerAndControl() {
        assertEquals("PINTLE_SHUTDOWN_GRACE_PERIOD", Key.SHUTDOWN_GRACE_PERIOD.variable());
        assertEquals("PINTLE_CONTROL", Key.CONTROL_PATH.variable());
        assertEquals("PINTLE_CONTROL_MODE", Key.CONTROL_MODE.variable());
        assertNull(Key.COMMAND.variable());
    }

    @Test
    void theReferencePageIsPrintedFromTheKeys() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(REFERENCE.getParent());
            Files.writeString(REFERENCE, page);
        }
        assertEquals(Files.readString(REFERENCE), page, "rewrite with -Dgolden.rewrite=true");
    }

    private static String page() {
        StringBuilder page = new StringBuilder("# Keys of service.conf and pintle.conf\n\n");
        page.append("Printed from the parser's own list by a test; do not edit.\n");
        for (Section.File file : Section.File.values()) {
            page.append("\n## ").append(file.text()).append('\n');
            for (Section section : Section.values()) {
                if (section.file() == file) {
                    section(section, page);
                }
            }
        }
        return page.toString();
    }

    private static void section(Section section, StringBuilder page) {
        if (section != Section.SERVICE) {
            page.append("\n### [").append(section.text()).append("]\n");
        }
        page.append('\n').append(section.documentation()).append('\n');
        List<Key> keys = section == Section.DEFAULTS ? List.of() : Key.of(section);
        if (keys.isEmpty()) {
            return;
        }
        boolean variables = keys.get(0).variable() != null;
        page.append("\n| key | value | default | meaning |").append(variables ? " variable |" : "");
        page.append("\n| --- | --- | --- | --- |")
                .append(variables ? " --- |" : "")
                .append('\n');
        for (Key key : keys) {
            String choices = "`" + String.join("` `", key.choices()) + "`";
            String usual = key.defaultValue();
            page.append("| `").append(key.text()).append("` | ");
            page.append(key.choices().isEmpty() ? key.kind().text() : choices).append(" | ");
            page.append(usual == null ? "" : "`" + usual + "`").append(" | ").append(key.documentation());
            page.append(variables ? " | `" + key.variable() + "` |\n" : " |\n");
        }
    }
}
