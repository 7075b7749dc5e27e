package dev.pintle.init.helper;

import dev.pintle.layout.text.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What /etc/resolv.conf says of how names are looked up (resolv.conf(5)), as far as containers have it: name servers, domains
 * to search, and the options ndots, timeout and attempts.
 */
final class ResolvConf {
    /** As in glibc: further ones are passed over. */
    private static final int MOST_SERVERS = 3;

    private static final int MOST_DOMAINS = 32;
    private static final int MOST_DOTS = 15;
    private static final int MOST_SECONDS = 30;
    private static final int MOST_ROUNDS = 5;
    private static final long SECOND = 1_000;

    private final List<byte[]> servers = new ArrayList<>();
    private final List<String> domains = new ArrayList<>();
    /** A name with fewer dots is first looked for in the domains. */
    private int dots = 1;
    /** Less than glibc's five: who waits for a host asks again by itself. */
    private int seconds = 2;

    private int rounds = 2;

    /** The words of each line. */
    ResolvConf(List<List<String>> lines) {
        for (List<String> words : lines) {
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> addServer(values);
                // The last line of the two counts.
                case "search", "domain" -> {
                    domains.clear();
                    domains.addAll(values.subList(0, Math.min(values.size(), MOST_DOMAINS)));
                }
                case "options" -> readOptions(values);
                default -> {}
            }
        }
        if (servers.isEmpty()) {
            servers.add(new byte[] {127, 0, 0, 1});
        }
    }

    private void addServer(List<String> values) {
        byte[] address = values.isEmpty() ? null : IpAddress.parse(values.get(0));
        if (address != null && servers.size() < MOST_SERVERS) {
            servers.add(address);
        }
    }

    private void readOptions(List<String> options) {
        for (String option : options) {
            dots = number(option, "ndots:", 0, MOST_DOTS, dots);
            seconds = number(option, "timeout:", 1, MOST_SECONDS, seconds);
            rounds = number(option, "attempts:", 1, MOST_ROUNDS, rounds);
        }
    }

    /** The number behind an option's name, within its bounds; {@code otherwise} where it is not that option or no number. */
    private static int number(String option, String name, int least, int most, int otherwise) {
        if (!option.startsWith(name)) {
            return otherwise;
        }
        int number = 0;
        for (int i = name.length(); i < option.length(); i++) {
            int digit = option.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            number = Math.min(most, number * 10 + digit);
        }
        return Math.max(least, number);
    }

    List<byte[]> servers() {
        return servers;
    }

    /** How long a server may take to answer. */
    long patience() {
        return seconds * SECOND;
    }

    /** How often each server is asked. */
    int rounds() {
        return rounds;
    }

    /** The names that a host may have, in the order in which they are asked for. A dot at the end says that it is whole. */
    List<String> names(String host) {
        List<String> names = new ArrayList<>();
        if (!host.endsWith(".")) {
            for (String domain : domains) {
                names.add(host + "." + domain);
            }
        }
        names.add(dotsOf(host) >= dots ? 0 : names.size(), host);
        return names;
    }

    private static int dotsOf(String host) {
        int count = 0;
        for (int i = 0; i < host.length(); i++) {
            count += host.charAt(i) == '.' ? 1 : 0;
        }
        return count;
    }
}
