package dev.pintle.init.helper;

import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.IpAddress;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a host's name: from /etc/hosts, else from the name servers of /etc/resolv.conf. It asks for what glibc would
 * ask for, in that order, in a fifth of its size.
 */
final class Resolver {
    private static final int LARGEST_FILE = 1 << 20;

    private final ToolSys sys;
    private final long deadline;
    private final List<byte[]> addresses = new ArrayList<>();
    /** Whether a server has answered the last question, whatever it said. */
    private boolean heard;

    Resolver(ToolSys sys, long deadline) {
        this.sys = sys;
        this.deadline = deadline;
    }

    /** The host's addresses; none where there is no such host, or nobody who knows. */
    List<byte[]> resolve(String host) {
        lookInHosts(host);
        if (!addresses.isEmpty()) {
            return addresses;
        }
        ResolvConf conf = new ResolvConf(linesOf("/etc/resolv.conf"));
        heard = true;
        List<String> names = conf.names(host);
        // Who does not answer to one name does not to the next.
        for (int i = 0; i < names.size() && addresses.isEmpty() && heard; i++) {
            String name = names.get(i);
            if (DnsMessage.isName(name) && ask(conf, name, DnsMessage.TYPE_A)) {
                ask(conf, name, DnsMessage.TYPE_AAAA);
            }
        }
        return addresses;
    }

    private List<List<String>> linesOf(String path) {
        return lines(Files.read(sys, path, LARGEST_FILE).text());
    }

    /** The words of each line that has some, without comments; of no text none. */
    static List<List<String>> lines(@Nullable String text) {
        List<List<String>> lines = new ArrayList<>();
        int start = 0;
        while (text != null && start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int hash = text.indexOf('#', start);
            List<String> words = new ArrayList<>();
            for (Values.Item item : Values.items(text.substring(start, hash >= 0 && hash < end ? hash : end))) {
                words.add(item.text());
            }
            if (!words.isEmpty()) {
                lines.add(words);
            }
            start = end + 1;
        }
        return lines;
    }

    private void lookInHosts(String host) {
        for (List<String> words : linesOf("/etc/hosts")) {
            byte[] address = IpAddress.parse(words.get(0));
            for (int i = 1; i < words.size(); i++) {
                if (address != null && words.get(i).equals(host)) {
                    addresses.add(address);
                }
            }
        }
    }

    /** Asks one server after the other, until one knows; whether there is such a name. */
    private boolean ask(ResolvConf conf, String name, int type) {
        heard = false;
        byte[] question = DnsMessage.question(name, type, sys.wallClockNanos());
        for (int round = 0; round < conf.rounds(); round++) {
            for (byte[] server : conf.servers()) {
                long end = Math.min(deadline, sys.monotonicMillis() + conf.patience());
                byte[] answer = new NameServer(sys, server, end).ask(question);
                heard |= answer.length > 0;
                int code = answer.length > 0 ? DnsMessage.code(answer) : -1;
                if (code == DnsMessage.NO_ERROR || code == DnsMessage.NO_SUCH_NAME) {
                    DnsMessage.collect(answer, answer.length, question.length, type, addresses);
                    return code == DnsMessage.NO_ERROR;
                }
            }
        }
        return false;
    }
}
