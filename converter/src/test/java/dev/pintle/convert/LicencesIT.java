package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that is given away says whose code is in it, and under which terms. */
class LicencesIT {

    private static final Path JAR = Path.of(System.getProperty("converter.jar", ""));

    /** By the beginnings of their packages: what the notice calls the projects. */
    private static final Map<String, String> PROJECTS = new LinkedHashMap<>();

    static {
        PROJECTS.put("dev/pintle/", "Pintle");
        PROJECTS.put("freemarker/", "Apache FreeMarker");
        PROJECTS.put("picocli/", "picocli");
        PROJECTS.put("org/ini4j/", "ini4j");
        PROJECTS.put("com/github/difflib/", "java-diff-utils");
        PROJECTS.put("org/jspecify/", "JSpecify");
    }

    private static String text(JarFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyProjectInTheJarIsInItsNotice() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertTrue(text(jar, "META-INF/LICENSE").contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION"));
            String notice = text(jar, "META-INF/NOTICE");
            Set<String> unknown = new TreeSet<>();
            Set<String> found = new TreeSet<>();
            jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .forEach(name -> {
                        String project = PROJECTS.entrySet().stream()
                                .filter(each -> name.startsWith(each.getKey()))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse("");
                        (project.isEmpty() ? unknown : found).add(project.isEmpty() ? name : project);
                    });
            assertEquals(Set.of(), unknown);
            assertEquals(new TreeSet<>(PROJECTS.values()), found);
            for (String project : found) {
                assertTrue(notice.contains("\n" + project) || notice.startsWith(project), project);
            }
        }
    }
}
