package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loggers: each becomes a part of the services that write to it. */
final class Pipelines {

    private final Trees trees;
    private final Account account;
    private final Settings settings;
    private final Scripts scripts;
    private final Edges edges;
    private final Map<String, S6Service> services;

    Pipelines(
            Trees trees,
            Account account,
            Settings settings,
            Scripts scripts,
            Edges edges,
            Map<String, S6Service> services) {
        this.trees = trees;
        this.account = account;
        this.settings = settings;
        this.scripts = scripts;
        this.edges = edges;
        this.services = services;
    }

    void lower() {
        for (Definition consumer : trees.definitions().values()) {
            if (consumer.type() == Definition.Type.LONGRUN
                    && !consumer.consumerFor().isEmpty()) {
                lower(consumer);
            }
        }
        for (Definition producer : trees.definitions().values()) {
            for (String name : producer.producerFor()) {
                Definition consumer = trees.definitions().get(name);
                boolean there = consumer != null && !consumer.consumerFor().isEmpty();
                account.fateIfNone(
                        producer.path("producer-for"),
                        there
                                ? Fate.changed("[stdout], or log/: the logger is a part of the service")
                                : Fate.notCarried(name + " is not here, or reads from nobody", null));
            }
        }
    }

    private void lower(Definition consumer) {
        List<Definition> producers = new ArrayList<>();
        for (String name : consumer.consumerFor()) {
            Definition producer = trees.definitions().get(name);
            if (producer != null && services.containsKey(edges.nameOf(producer))) {
                producers.add(producer);
            }
        }
        edges.dissolve(consumer, producers);
        TreeFile run = trees.files().file(consumer.path("run"));
        if (run == null || !run.isRegular() || producers.isEmpty()) {
            account.error(
                    consumer.directory(),
                    "convert " + consumer.name(),
                    producers.isEmpty() ? "none of those that write to it is here" : "there is no run",
                    "");
            return;
        }
        Map<Key, String> keys = logger(run, consumer);
        String names = "";
        for (Definition producer : producers) {
            S6Service service = services.get(edges.nameOf(producer));
            if (service == null) {
                continue;
            }
            names += (names.isEmpty() ? "" : ", ") + service.name();
            if (keys != null) {
                write(service, keys, producers.size() > 1);
            } else {
                service.setLog(new ServiceLowering(trees, account, settings, scripts, edges, services)
                        .logger(consumer.directory(), run));
            }
        }
        for (String path : trees.below(consumer.directory())) {
            account.fateIfNone(path, Fate.changed("a part of " + names));
        }
        fate(run, keys, producers.size() > 1, names);
    }

    private void fate(TreeFile run, @Nullable Map<Key, String> keys, boolean several, String names) {
        if (several) {
            account.fate(
                    run.path(),
                    Fate.approximated(
                            keys == null
                                    ? "log/ of each of " + names
                                            + ": there is a logger for each, where one read from all"
                                    : "[stdout] of each of " + names
                                            + ": each has a file of its own, where all shared one",
                            null));
        } else if (keys != null) {
            boolean file = keys.containsKey(Key.STDOUT_MAX_FILES);
            account.fate(
                    run.path(),
                    file
                            ? Fate.approximated(
                                    "[stdout] of " + names
                                            + ": old files are current.1 and so on, not @TIME.s; they are root's",
                                    null)
                            : Fate.changed("[stdout] of " + names));
        } else {
            account.fate(run.path(), Fate.changed("log/ of " + names));
        }
    }

    private static void write(S6Service service, Map<Key, String> keys, boolean several) {
        keys.forEach((key, value) -> {
            boolean file = key == Key.STDOUT_TO && value.startsWith("file:");
            service.set(
                    key, several && file ? Text.parent(value) + "/" + service.name() + "/" + Text.name(value) : value);
        });
    }

    /** What logutil-service or s6-log does, as keys; null where the logger is another program, or does more. */
    private @Nullable Map<Key, String> logger(TreeFile run, Definition consumer) {
        RunPlan plan = new RunPlan();
        Chain.Place place = new Chain.Place(consumer.directory(), -1, false, trees.files());
        String interpreter = run.interpreter();
        List<String> words;
        try {
            if (interpreter != null && Interpreters.isExecline(interpreter)) {
                words = loggerWords(Execline.parse(run.text()));
            } else {
                ShellRun.read(run.text(), plan, place);
                words = plan.words();
            }
        } catch (NotKeysException e) {
            return null;
        }
        if (words.isEmpty() || plan.hasVariables()) {
            return null;
        }
        String program = Text.name(words.get(0));
        if (program.equals("logutil-service")
                && words.size() == 2
                && words.get(1).startsWith("/")) {
            List<String> script = new ArrayList<>(Text.words(settings.loggingScript()));
            script.add(words.get(1));
            return script(script);
        }
        return program.equals("s6-log") ? script(words.subList(1, words.size())) : null;
    }

    /** The words from the logger on: what stands before changes its user and its descriptors. */
    private static List<String> loggerWords(List<Execline.Word> all) {
        List<String> words = new ArrayList<>();
        for (Execline.Word word : all) {
            String name = Text.name(word.text());
            boolean begins = name.equals("s6-log") || name.equals("logutil-service");
            if (begins || !words.isEmpty()) {
                words.add(LayoutText.escape(word.text()));
            }
        }
        return words;
    }

    /** s6-log's script. */
    private static @Nullable Map<Key, String> script(List<String> directives) {
        Map<Key, String> keys = new LinkedHashMap<>();
        long count = 10;
        long size = 99_999;
        String to = "";
        String timestamp = "";
        boolean compress = false;
        for (String directive : directives) {
            long number = directive.length() > 1 ? Text.number(directive.substring(1)) : -1;
            if (directive.equals("T") || directive.equals("t")) {
                timestamp = directive.equals("T") ? "iso8601" : "tai64n";
            } else if (directive.startsWith("n") && number >= 0) {
                count = number;
            } else if (directive.startsWith("s") && number >= 0) {
                size = number;
            } else if (directive.startsWith("!gzip")) {
                compress = true;
            } else if (directive.equals("1")) {
                to = to.isEmpty() ? "inherit" : to + ", inherit";
            } else if (directive.startsWith("/")) {
                to = (to.isEmpty() ? "" : to + ", ") + "file:" + directive + "/current";
            } else if (!directive.equals("-b")
                    && !directive.equals("--")
                    && !(directive.startsWith("S") && number >= 0)) {
                return null;
            }
        }
        if (to.isEmpty() || to.indexOf("file:") != to.lastIndexOf("file:")) {
            return null;
        }
        keys.put(Key.STDOUT_TO, to);
        if (!timestamp.isEmpty()) {
            keys.put(Key.STDOUT_TIMESTAMP, timestamp);
        }
        if (to.indexOf("file:") >= 0) {
            keys.put(Key.STDOUT_MAX_SIZE, LayoutText.size(size));
            keys.put(Key.STDOUT_MAX_FILES, "" + count);
            if (compress) {
                keys.put(Key.STDOUT_COMPRESS, "yes");
            }
        }
        return keys;
    }
}
