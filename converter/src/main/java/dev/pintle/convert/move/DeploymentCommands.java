package dev.pintle.convert.move;

import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a file of Compose or Kubernetes: what stands behind {@code command:}, {@code entrypoint:}, {@code args:} and
 * {@code test:}, in each form that YAML has for words: a list on one line or on several, a text, a folded text.
 */
final class DeploymentCommands {

    private static final Pattern KEY = Pattern.compile(
            "(?<before>[ \\t]*(?:-[ \\t]+)?)[\"']?(?<key>command|entrypoint|args|test)[\"']?:(?=[ \\t]|$)(?<rest>.*)");

    private static final Pattern ITEM = Pattern.compile("(?<indent>[ \\t]*)-[ \\t]+(?<item>.*)");

    /** A list within braces. */
    private static final Pattern INLINE = Pattern.compile(
            "[{,][ \\t]*[\"']?(?<key>command|entrypoint|args|test)[\"']?:[ \\t]*(?<rest>\\[[^\\]]*\\])");

    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^']|'')*)'|";

    private static final Pattern WORD = Pattern.compile(QUOTED + "([^\\s,\\[\\]\"']+)");

    private static final Pattern OF_LIST = Pattern.compile(QUOTED + "([^\\s,\\[\\]\"'](?:[^,\\]\\n]*[^\\s,\\]])?)");

    /** What Compose builds a service's image from: on the line itself, or below it. */
    private static final Pattern BUILD = Pattern.compile(
            "(?<before>[ \\t]*)build:(?:[ \\t]+[\"']?(?<directory>[^\\s\"'#{}]+)[\"']?)?[ \\t]*(?:#.*)?");

    private static final Pattern CONTEXT =
            Pattern.compile("[ \\t]*context:[ \\t]+[\"']?(?<directory>[^\\s\"'#{}]+)[\"']?[ \\t]*(?:#.*)?");

    private static final Pattern TARGET =
            Pattern.compile("[ \\t]*target:[ \\t]+[\"']?(?<stage>[^\\s\"'#]+)[\"']?[ \\t]*(?:#.*)?");

    private static final Pattern NAME = Pattern.compile(
            "(?<before>[ \\t]*(?:-[ \\t]+)?)[\"']?image[\"']?:[ \\t]+[\"']?(?<image>[^\\s\"'#]+)[\"']?[ \\t]*(?:#.*)?");

    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private final List<Image> targets = new ArrayList<>();
    private final List<Image> names = new ArrayList<>();
    private int numbers;

    /**
     * One of them.
     *
     * @param key     that it stands behind
     * @param mapping a number that those of one service, or of one container, have in common
     * @param list    whether each word stands for itself; a shell, or what is like one, splits a text
     * @param words   without quotes; their places are the text's
     * @param start   where the value begins, behind the colon
     * @param end     behind its last character
     */
    record Entry(String key, int mapping, boolean list, List<ShellWord> words, int start, int end) {}

    private DeploymentCommands(String text) {
        this.text = text;
    }

    /**
     * A service whose image is built.
     *
     * @param from  the directory that it is built from, or the stage of its Dockerfile
     * @param start where the service's keys begin
     * @param end   behind their last line
     */
    record Image(String from, int start, int end) {
        /** Whether something stands among the service's keys. */
        boolean has(Entry entry) {
            return start <= entry.start() && entry.end() <= end;
        }
    }

    /** The commands of a text, in its order. */
    static List<Entry> of(String text) {
        DeploymentCommands commands = new DeploymentCommands(text);
        commands.read();
        return commands.entries;
    }

    /** The services of a text that say which stage their image is. */
    static List<Image> targets(String text) {
        DeploymentCommands commands = new DeploymentCommands(text);
        commands.read();
        return commands.targets;
    }

    /** The services of a text that say which directory their image is built from. */
    static List<Image> images(String text) {
        DeploymentCommands commands = new DeploymentCommands(text);
        commands.read();
        return commands.images;
    }

    /** The services and containers of a text that name their image. */
    static List<Image> names(String text) {
        DeploymentCommands commands = new DeploymentCommands(text);
        commands.read();
        return commands.names;
    }

    /** With the lines around it that are indented as much, or more; of an item of a list, none before its first line. */
    private Image image(String from, int at, int column) {
        int start = at;
        while (start > 0 && !opens(start) && isWithin(text.lastIndexOf('\n', start - 2) + 1, column)) {
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        if (start > 0 && !opens(start) && opens(text.lastIndexOf('\n', start - 2) + 1)) {
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        int end = lineEnd(at) + 1;
        while (end < text.length() && isWithin(end, column)) {
            end = lineEnd(end) + 1;
        }
        return new Image(from, start, Math.min(end, text.length()));
    }

    private boolean opens(int line) {
        return text.startsWith("- ", line + indent(text.substring(line, lineEnd(line))));
    }

    private boolean isWithin(int line, int column) {
        String content = text.substring(line, lineEnd(line));
        return content.isBlank() || indent(content) >= column;
    }

    private void read() {
        Map<Integer, Integer> mappings = new HashMap<>();
        int at = 0;
        int built = -1;
        while (at < text.length()) {
            int end = lineEnd(at);
            String line = text.substring(at, end);
            Matcher key = KEY.matcher(line);
            Matcher build = BUILD.matcher(line);
            Matcher context = CONTEXT.matcher(line);
            Matcher target = TARGET.matcher(line);
            int column = indent(line);
            boolean item = line.startsWith("- ", column) || line.strip().equals("-");
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                int own = item ? column + 1 : column;
                mappings.keySet().removeIf(other -> other > own);
                built = column <= built ? -1 : built;
            }
            if (build.matches()) {
                built = build.group("before").length();
                if (build.group("directory") != null) {
                    images.add(image(build.group("directory"), at, built));
                }
            } else if (built >= 0 && context.matches()) {
                images.add(image(context.group("directory"), at, built));
            } else if (built >= 0 && target.matches()) {
                targets.add(image(target.group("stage"), at, built));
            }
            Matcher name = NAME.matcher(line);
            if (name.matches()) {
                names.add(image(name.group("image"), at, name.group("before").length()));
            }
            if (key.matches()) {
                int own = key.group("before").length();
                at = value(key, at, end, own, mapping(mappings, own));
            } else {
                Matcher inline = INLINE.matcher(line);
                while (inline.find()) {
                    int start = at + inline.start("rest");
                    int stop = at + inline.end("rest");
                    add(inline, -end, true, words(OF_LIST, start, stop), start, stop);
                }
                at = end + 1;
            }
        }
    }

    /** The number of the mapping whose keys begin in a column. */
    private int mapping(Map<Integer, Integer> mappings, int column) {
        return mappings.computeIfAbsent(column, c -> numbers++);
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Reads a value; returns where the next line begins. */
    private int value(Matcher key, int line, int end, int column, int mapping) {
        int start = line + key.start("rest");
        String rest = withoutComment(key.group("rest"));
        String value = rest.strip();
        if (value.startsWith("[")) {
            int close = text.indexOf(']', start);
            int stop = close < 0 ? end : close + 1;
            add(key, mapping, true, words(OF_LIST, start, stop), start, stop);
            return lineEnd(stop) + 1;
        }
        if (value.isEmpty() || value.startsWith("#")) {
            return items(key, end, column, mapping);
        }
        if (value.startsWith(">") || value.startsWith("|")) {
            return block(key, start, end, column, mapping);
        }
        int stop = start + rest.stripTrailing().length();
        add(key, mapping, false, words(WORD, start, stop), start, stop);
        return end + 1;
    }

    private static String withoutComment(String rest) {
        int comment = rest.indexOf(" #");
        return comment < 0 ? rest : rest.substring(0, comment);
    }

    private void add(Matcher key, int mapping, boolean list, List<ShellWord> words, int start, int end) {
        entries.add(new Entry(key.group("key"), mapping, list, words, start, end));
    }

    /** A list with a line for each word. */
    private int items(Matcher key, int keyEnd, int column, int mapping) {
        List<ShellWord> words = new ArrayList<>();
        int at = keyEnd + 1;
        int last = keyEnd;
        while (at < text.length()) {
            int end = lineEnd(at);
            String line = text.substring(at, end);
            Matcher item = ITEM.matcher(line);
            boolean skipped = line.isBlank() || line.strip().startsWith("#");
            if (!skipped && (!item.matches() || item.group("indent").length() < column)) {
                break;
            }
            if (!skipped) {
                words.addAll(item(at + item.start("item"), end));
                last = end;
            }
            at = end + 1;
        }
        if (!words.isEmpty()) {
            add(key, mapping, true, words, keyEnd, last);
        }
        return at;
    }

    /** An item is one word, whatever blanks are in it. */
    private List<ShellWord> item(int start, int end) {
        String item = withoutComment(text.substring(start, end)).stripTrailing();
        boolean quoted = item.startsWith("\"") || item.startsWith("'");
        return quoted
                ? words(WORD, start, start + item.length())
                : List.of(new ShellWord(item, start, start + item.length(), false));
    }

    private int block(Matcher key, int start, int keyEnd, int column, int mapping) {
        int at = keyEnd + 1;
        int last = keyEnd;
        while (at < text.length()) {
            int end = lineEnd(at);
            String line = text.substring(at, end);
            if (!line.isBlank() && indent(line) <= column) {
                break;
            }
            last = line.isBlank() ? last : end;
            at = end + 1;
        }
        add(key, mapping, false, words(WORD, keyEnd, last), start, last);
        return at;
    }

    private List<ShellWord> words(Pattern pattern, int start, int end) {
        List<ShellWord> words = new ArrayList<>();
        Matcher matcher = pattern.matcher(text).region(start, end);
        while (matcher.find()) {
            String word = matcher.group(1) != null
                    ? matcher.group(1).replaceAll("\\\\(.)", "$1")
                    : matcher.group(2) != null ? matcher.group(2).replace("''", "'") : matcher.group(3);
            words.add(new ShellWord(word, matcher.start(), matcher.end(), false));
        }
        return words;
    }
}
