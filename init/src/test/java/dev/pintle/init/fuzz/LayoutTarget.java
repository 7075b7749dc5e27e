package dev.pintle.init.fuzz;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.parse.LayoutParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A layout: each file begins with a line of {@code ==} and its path, such as {@code ==services/web/service.conf}. */
final class LayoutTarget implements Target {
    private static final String ROOT = "/l";
    private static final String MARK = "==";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/root", "PORT", "80", "EMPTY", "", "WORDS", "a b c");

    @Override
    public void take(byte[] input) {
        ParseResult result = LayoutParser.parse(new Files(RawText.decode(input, 0, input.length)), ROOT, ENVIRONMENT);
        boolean wrong = result.diagnostics().stream()
                .anyMatch(d -> d.severity() == dev.pintle.layout.Diagnostic.Severity.ERROR);
        if (wrong != (result.layout() == null)) {
            throw new IllegalStateException(
                    "a layout " + (wrong ? "with errors" : "without errors") + " is judged otherwise");
        }
    }

    private static final class Files implements LayoutSource {
        private final TreeMap<String, String> files = new TreeMap<>();

        Files(String text) {
            int start = 0;
            String path = ROOT + "/services/a/service.conf";
            StringBuilder content = new StringBuilder();
            while (start < text.length()) {
                int newline = text.indexOf('\n', start);
                int end = newline < 0 ? text.length() : newline + 1;
                String line = text.substring(start, end);
                if (line.startsWith(MARK)) {
                    files.put(path, content.toString());
                    path = ROOT + "/" + line.substring(MARK.length()).trim();
                    content.setLength(0);
                } else {
                    content.append(line);
                }
                start = end;
            }
            files.put(path, content.toString());
        }

        @Override
        public List<String> directories(String path) {
            return entries(path, true);
        }

        @Override
        public List<String> files(String path) {
            return entries(path, false);
        }

        private List<String> entries(String path, boolean directories) {
            Set<String> names = new LinkedHashSet<>();
            // What is below a directory stands together.
            for (String file : files.tailMap(path + "/").keySet()) {
                if (!file.startsWith(path + "/")) {
                    break;
                }
                String rest = file.substring(path.length() + 1);
                int slash = rest.indexOf('/');
                String name = slash < 0 ? rest : rest.substring(0, slash);
                if (slash >= 0 == directories && !name.isEmpty()) {
                    names.add(name);
                }
            }
            return new ArrayList<>(names);
        }

        @Override
        public @Nullable String read(String path, int limit) {
            String content = files.get(path);
            return content == null || content.length() <= limit ? content : content.substring(0, limit);
        }

        @Override
        public boolean isExecutable(String path) {
            return files.containsKey(path);
        }
    }
}
