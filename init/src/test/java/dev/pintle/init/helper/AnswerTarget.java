package dev.pintle.init.helper;

import dev.pintle.init.fuzz.Target;
import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.List;

/**
 * A name server's answer, or with {@code #} as the first byte a file such as /etc/resolv.conf, each of whose words is asked for
 * as a name. Of an answer the first byte says where the question ends, and which type was asked for.
 */
public final class AnswerTarget implements Target {
    @Override
    public void take(byte[] input) {
        if (input.length > 0 && input[0] == '#') {
            ask(RawText.decode(input, 1, input.length - 1));
            return;
        }
        if (input.length < 13) {
            return;
        }
        DnsMessage.isAnswer(input, input.length, DnsMessage.question("a.bc", 1, (input[0] & 0xff) << 8));
        int from = Math.min(input.length, 12 + (input[0] & 0x3f));
        List<byte[]> addresses = new ArrayList<>();
        DnsMessage.collect(input, input.length, from, (input[0] & 0x40) == 0 ? 1 : 28, addresses);
        for (byte[] address : addresses) {
            if (address.length != 4 && address.length != 16) {
                throw new IllegalStateException("an address of " + address.length + " bytes");
            }
        }
    }

    private static void ask(String text) {
        for (List<String> words : Resolver.lines(text)) {
            for (String word : words) {
                if (DnsMessage.isName(word)) {
                    check(DnsMessage.question(word, 1, 7));
                }
            }
        }
    }

    /** Labels lead from the header's end to the type and class. */
    private static void check(byte[] question) {
        int at = 12;
        while (question[at] != 0) {
            if (question[at] > 63 || question[at] < 0) {
                throw new IllegalStateException("a label of " + question[at] + " bytes");
            }
            at += 1 + question[at];
        }
        if (at + 5 != question.length) {
            throw new IllegalStateException("a name that ends at " + at + " of " + question.length);
        }
    }
}
