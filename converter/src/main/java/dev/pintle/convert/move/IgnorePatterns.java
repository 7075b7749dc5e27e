package dev.pintle.convert.move;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The patterns of a {@code .dockerignore}, or of {@code COPY --exclude}, as Docker reads them. The last pattern that matches a
 * path, or a directory that it is in, decides; {@code !} takes it in again.
 */
final class IgnorePatterns {

    static final IgnorePatterns NONE = new IgnorePatterns(List.of());

    private final List<Rule> rules;

    private record Rule(Pattern pattern, boolean exception) {}

    private IgnorePatterns(List<Rule> rules) {
        this.rules = rules;
    }

    /** Those of the file that leaves something out of a build's context; none where there is no such file. */
    static IgnorePatterns ofContext(Path context, Path dockerfile) {
        return file(context, dockerfile).map(IgnorePatterns::read).orElse(NONE);
    }

    /** One beside the Dockerfile that is named after it goes before the context's. */
    static Optional<Path> file(Path context, Path dockerfile) {
        Path own = dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore");
        Path common = context.resolve(".dockerignore");
        return Files.isRegularFile(own) ? Optional.of(own) : Optional.of(common).filter(Files::isRegularFile);
    }

    private static IgnorePatterns read(Path file) {
        try {
            return of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Then nothing is known to be left out.
            return NONE;
        }
    }

    /** Those of a file's text. */
    static IgnorePatterns of(String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return of(plain.lines().filter(line -> !line.startsWith("#")).toList());
    }

    static IgnorePatterns of(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines) {
            String stripped = line.strip();
            boolean exception = stripped.startsWith("!");
            String path = clean(exception ? stripped.substring(1).strip() : stripped);
            if (!path.isEmpty()) {
                compiled(path).ifPresent(pattern -> rules.add(new Rule(pattern, exception)));
            }
        }
        return rules.isEmpty() ? NONE : new IgnorePatterns(rules);
    }

    /** Without empty components, {@code .} and {@code ..}; relative to the context. */
    private static String clean(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty()) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    /** Absent for one that Docker refuses. */
    private static Optional<Pattern> compiled(String path) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < path.length()) {
            char c = path.charAt(at++);
            if (c == '*' && path.startsWith("*", at)) {
                at += path.startsWith("*/", at) ? 2 : 1;
                regex.append(at < path.length() ? "(?:.*/)?" : ".*");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && path.indexOf(']', at) > at) {
                int close = path.indexOf(']', at);
                regex.append('[')
                        .append(path.substring(at, close).replaceAll("[\\[&\\\\]", "\\\\$0"))
                        .append(']');
                at = close + 1;
            } else {
                boolean escape = c == '\\' && at < path.length();
                regex.append(Pattern.quote(String.valueOf(escape ? path.charAt(at++) : c)));
            }
        }
        try {
            return Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether a path, from the context or from the copied directory on, is left out. */
    boolean excludes(String path) {
        boolean excluded = false;
        for (Rule rule : rules) {
            if (excluded == rule.exception() && matches(rule.pattern(), path)) {
                excluded = !rule.exception();
            }
        }
        return excluded;
    }

    private static boolean matches(Pattern pattern, String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (pattern.matcher(path.substring(0, end)).matches()) {
                return true;
            }
        }
        return pattern.matcher(path).matches();
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }
}
