package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.s6.Chain.Item;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.ArrayList;
import java.util.List;

/** What s6-notifyoncheck in a chain becomes: a port to wait for, or a health check. */
final class NotifyOnCheck {

    private NotifyOnCheck() {}

    /** {@code s6-notifyoncheck [-d] [-3 FD] [-s MS] [-T MS] [-t MS] [-w MS] [-n TRIES] [-c CHECK]}. */
    static int read(List<Item> items, int at, RunPlan plan, Chain.Place place) throws NotKeysException {
        int line = items.get(at).line();
        int next = at + 1;
        String check = "";
        String interval = "1000";
        while (Chain.optionAt(items, next)) {
            String option = items.get(next).template();
            if (option.equals("-d")) {
                next++;
                continue;
            }
            if (option.length() < 2 || "3sTtwnc".indexOf(option.charAt(1)) < 0) {
                throw new NotKeysException(line, "s6-notifyoncheck has the option " + option);
            }
            String value = option.length() > 2
                    ? option.substring(2)
                    : Chain.argument(items, next + 1).literal();
            if (value == null) {
                throw new NotKeysException(line, "an option of s6-notifyoncheck depends on a variable");
            }
            check = option.charAt(1) == 'c' ? value : check;
            interval = option.charAt(1) == 'w' ? value : interval;
            next += option.length() > 2 ? 1 : 2;
        }
        String port = portOf(check);
        if (!port.isEmpty()) {
            plan.set(Key.READY, "tcp:" + port);
            plan.say(
                    line,
                    "s6-notifyoncheck",
                    Fate.changed(
                            "ready = tcp:" + port
                                    + ": init looks by itself, for as long as it takes; s6-notifyoncheck gave up after its tries"));
        } else {
            healthcheck(check, Text.number(interval), line, plan, place);
        }
        return next;
    }

    private static void healthcheck(String check, long interval, int line, RunPlan plan, Chain.Place place)
            throws NotKeysException {
        if (check.isEmpty() && !place.hasCheck()) {
            throw new NotKeysException(line, "s6-notifyoncheck runs data/check, which is not there");
        }
        List<String> test = new ArrayList<>();
        if (check.isEmpty()) {
            test.add(LayoutText.escape(place.directory() + "/data/check"));
        } else {
            try {
                for (Execline.Word word : Execline.parse(check)) {
                    if (word.isBlock()) {
                        throw new NotKeysException(line, "the check of s6-notifyoncheck has a block");
                    }
                    test.add(LayoutText.escape(word.text()));
                }
            } catch (Execline.SyntaxException e) {
                throw new NotKeysException(line, "the check of s6-notifyoncheck cannot be read: " + e.cause());
            }
        }
        plan.set(Key.READY, "healthcheck");
        plan.set(Key.TEST, LayoutText.words(test));
        plan.set(Key.INTERVAL, LayoutText.duration(interval > 0 ? interval : 1000));
        plan.say(
                line,
                "s6-notifyoncheck",
                Fate.approximated(
                        "[healthcheck] and ready = healthcheck: the check goes on when the service is ready, as the key"
                                + " user says and in the service's directory",
                        "give [healthcheck] a longer interval"));
    }

    /** The port of {@code nc -z HOST PORT}, where the host is this one; else empty. */
    private static String portOf(String check) {
        List<String> words = Text.words(check);
        String host = "";
        String port = "";
        boolean zero = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (i == 0 && !Text.name(word).equals("nc")) {
                return "";
            }
            if (word.equals("-w") || word.equals("-i")) {
                i++;
            } else if (word.startsWith("-")) {
                zero |= word.indexOf('z') > 0;
                if (word.indexOf('U') > 0 || word.indexOf('u') > 0) {
                    return "";
                }
            } else if (i > 0 && host.isEmpty()) {
                host = word;
            } else if (i > 0 && port.isEmpty()) {
                port = word;
            } else if (i > 0) {
                return "";
            }
        }
        boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("0.0.0.0");
        long number = Text.number(port);
        return zero && here && number > 0 && number < 65_536 ? port : "";
    }
}
