package dev.pintle.init.helper;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.IpAddress;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a host's name: from /etc/hosts, else from the name servers of /etc/resolv.conf, asked over UDP (RFC 1035),
 * with its search domains. That is what a C library does in a container, in a fifth of its size.
 */
final class Resolver {
    private static final int LARGEST_FILE = 1 << 20;
    private static final int PORT = 53;
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final long PATIENCE = 2_000;
    private static final int LARGEST_ANSWER = 4096;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private final ToolSys sys;
    private final long deadline;
    private final List<byte[]> addresses = new ArrayList<>();

    Resolver(ToolSys sys, long deadline) {
        this.sys = sys;
        this.deadline = deadline;
    }

    List<byte[]> resolve(String host) {
        lookInHosts(host);
        if (!addresses.isEmpty()) {
            return addresses;
        }
        List<String> servers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (List<String> words : linesOf("/etc/resolv.conf")) {
            if (words.get(0).equals("nameserver") && words.size() > 1) {
                servers.add(words.get(1));
            } else if (words.get(0).equals("search") && host.indexOf('.') < 0) {
                for (String domain : words.subList(1, words.size())) {
                    names.add(host + "." + domain);
                }
            }
        }
        if (servers.isEmpty()) {
            servers.add("127.0.0.1");
        }
        names.add(host);
        for (int i = 0; i < names.size() && addresses.isEmpty(); i++) {
            ask(servers, names.get(i));
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

    private void ask(List<String> servers, String name) {
        if (!isName(name)) {
            return;
        }
        for (String server : servers) {
            byte[] address = IpAddress.parse(server);
            if (address != null && ask(address, name, TYPE_A)) {
                ask(address, name, TYPE_AAAA);
                return;
            }
        }
    }

    /** Whether the server has answered, whatever it said. */
    private boolean ask(byte[] server, String name, int type) {
        int socket = sys.connect(server, PORT, false);
        if (socket < 0) {
            return false;
        }
        byte[] question = question(name, type, sys.wallClockNanos());
        boolean answered =
                sys.write(socket, question, 0, question.length) == question.length && read(socket, question, type);
        sys.close(socket);
        return answered;
    }

    private boolean read(int socket, byte[] question, int type) {
        PollSet set = new PollSet();
        byte[] answer = new byte[LARGEST_ANSWER];
        long end = Math.min(deadline, sys.monotonicMillis() + PATIENCE);
        while (true) {
            set.clear();
            set.add(socket, PollSet.READABLE);
            long left = end - sys.monotonicMillis();
            if (left <= 0 || sys.poll(set, left) <= 0) {
                return false;
            }
            int size = sys.read(socket, answer, 0, answer.length);
            if (size >= question.length && answer[0] == question[0] && answer[1] == question[1]) {
                collect(answer, size, question.length, type, addresses);
                return true;
            }
            if (size < 0 && size != -Errno.EAGAIN) {
                return false;
            }
        }
    }

    /** Whether it is made of labels that a question has room for; a dot may end it. */
    static boolean isName(String name) {
        int start = 0;
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        while (start <= end) {
            int dot = name.indexOf('.', start);
            int labelEnd = dot < 0 ? end : dot;
            if (labelEnd == start || RawText.encodedLength(name.substring(start, labelEnd)) > LONGEST_LABEL) {
                return false;
            }
            start = labelEnd + 1;
        }
        return RawText.encodedLength(name.substring(0, end)) <= LONGEST_NAME;
    }

    /** A header that wants recursion, and one question for a {@link #isName name}. */
    static byte[] question(String name, int type, long id) {
        byte[] text = RawText.encode(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        byte[] question = new byte[HEADER + text.length + 6];
        question[0] = (byte) (id >> 8);
        question[1] = (byte) (id >> 16);
        question[2] = 1;
        question[5] = 1;
        int length = HEADER;
        for (int i = 0; i < text.length; i++) {
            question[HEADER + 1 + i] = text[i];
            if (text[i] == '.') {
                length = HEADER + 1 + i;
                question[length] = 0;
            } else {
                question[length]++;
            }
        }
        question[question.length - 3] = (byte) type;
        question[question.length - 1] = 1;
        return question;
    }

    /** Takes the addresses of the answers; the aliases between them lead there by themselves. */
    static void collect(byte[] answer, int size, int from, int type, List<byte[]> addresses) {
        int count = (answer[6] & 0xff) << 8 | (answer[7] & 0xff);
        int at = from;
        for (int i = 0; i < count; i++) {
            at = endOfName(answer, at, size);
            if (at + 10 > size) {
                return;
            }
            int kind = (answer[at] & 0xff) << 8 | (answer[at + 1] & 0xff);
            int length = (answer[at + 8] & 0xff) << 8 | (answer[at + 9] & 0xff);
            at += 10;
            if (at + length > size) {
                return;
            }
            if (kind == type && length == (type == TYPE_A ? 4 : 16)) {
                byte[] address = new byte[length];
                System.arraycopy(answer, at, address, 0, length);
                addresses.add(address);
            }
            at += length;
        }
    }

    /** A name is labels, ending with an empty one or with a pointer of two bytes to the rest. */
    private static int endOfName(byte[] answer, int from, int size) {
        int at = from;
        while (at < size && answer[at] != 0) {
            if ((answer[at] & 0xC0) == 0xC0) {
                return at + 2;
            }
            at += 1 + (answer[at] & 0xff);
        }
        return at + 1;
    }
}
