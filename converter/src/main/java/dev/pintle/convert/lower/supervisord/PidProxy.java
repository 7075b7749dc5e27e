package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** supervisor's program for daemons that leave the foreground, which goes with supervisor's package. */
final class PidProxy {

    private static final Set<String> NAMES = Set.of("pidproxy", "pidproxy.py");

    private static final Set<String> INTERPRETERS = Set.of("python", "python2", "python3");

    /** What to execute instead, where a program is known to be able to stay in the foreground. */
    private static final Map<String, String> FOREGROUND = Map.ofEntries(
            Map.entry("mysqld_safe", "mysqld --user=mysql"),
            Map.entry("mariadbd-safe", "mariadbd --user=mysql"),
            Map.entry("postfix", "postfix start-fg"),
            Map.entry("nginx", "nginx -g 'daemon off;'"),
            Map.entry("apachectl", "apache2 -DFOREGROUND, or httpd -DFOREGROUND"),
            Map.entry("apache2ctl", "apache2 -DFOREGROUND"),
            Map.entry("apache2", "apache2 -DFOREGROUND"),
            Map.entry("httpd", "httpd -DFOREGROUND"),
            Map.entry("sshd", "/usr/sbin/sshd -D"),
            Map.entry("cron", "cron -f"),
            Map.entry("rsyslogd", "rsyslogd -n"),
            Map.entry("slapd", "slapd -d 0"),
            Map.entry("proftpd", "proftpd --nodaemon"),
            Map.entry("haproxy", "haproxy -db"),
            Map.entry("unicorn", "unicorn without -D"),
            Map.entry("php-fpm", "php-fpm --nodaemonize"));

    private PidProxy() {}

    /** Whether a command begins with it. */
    static boolean is(List<Text> words) {
        return place(words) >= 0;
    }

    private static int place(List<Text> words) {
        int at = !words.isEmpty() && INTERPRETERS.contains(name(words.get(0))) ? 1 : 0;
        return at + 2 < words.size() && NAMES.contains(name(words.get(at))) ? at : -1;
    }

    private static String name(Text word) {
        String text = word.toString();
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** Puts Pintle's own in its place. */
    static Fate lower(List<Text> words) {
        int at = place(words);
        words.subList(0, at + 1).clear();
        words.add(0, Text.of("pintle-pidproxy"));
        String daemon = FOREGROUND.get(name(words.get(2)));
        return Fate.approximated(
                "pintle-pidproxy takes the place of pidproxy: it ends with its command, with that one's code, where the"
                        + " original looked every five seconds and ended with 0; at a stop it waits until the daemon is gone",
                daemon == null
                        ? "a daemon that can stay in the foreground is better started by itself"
                        : "better is the daemon itself, in the foreground: " + daemon);
    }
}
