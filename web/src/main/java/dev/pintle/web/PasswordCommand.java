package dev.pintle.web;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RandomBytes;
import dev.pintle.init.sys.RawText;
import java.util.List;

/** {@code pintle-web passwd}: prints a line of a users file. */
final class PasswordCommand {
    private static final int LONGEST = 1024;
    private static final int SALT = 16;
    private static final int STDIN = 0;

    private PasswordCommand() {}

    static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "R", "random=R");
        boolean random = false;
        while (options.next() != Options.END) {
            random = true;
        }
        List<String> words = options.operands();
        if (words.size() != 2 || Users.level(words.get(1)) == null) {
            throw new UsageException("passwd takes a name, and a level: metrics, read or operate");
        }
        checkName(words.get(0));
        String password = random ? Web.secret(call.sys) : read(call);
        if (random) {
            call.output.printError(password + "\n");
        }
        byte[] salt = new byte[SALT];
        int result = RandomBytes.fill(call.sys, salt);
        if (result < 0) {
            throw new FailureException(ExitCode.FAILED, "cannot make a salt: " + Errno.describe(-result));
        }
        PasswordHash hash =
                PasswordHash.of(password, salt, random ? PasswordHash.ROUNDS_OF_TOKEN : PasswordHash.ROUNDS);
        call.output.print(words.get(0) + " " + words.get(1) + " " + hash.text());
        return ExitCode.OK;
    }

    /** A name is a word of its line, and what is before the colon in HTTP's Basic. */
    private static void checkName(String name) throws UsageException {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) == ':') {
                throw new UsageException("a name has no spaces and no colon");
            }
        }
        if (name.isEmpty() || name.startsWith("#")) {
            throw new UsageException("a name has a character, and does not begin with #");
        }
    }

    private static String read(Invocation call) throws FailureException {
        if (call.sys.isTerminal(STDIN)) {
            call.output.printError("Password (it is shown as you type): ");
        }
        byte[] bytes = new byte[LONGEST];
        int size = 0;
        int got = 1;
        while (got > 0 && size < LONGEST && (size == 0 || bytes[size - 1] != '\n')) {
            got = call.sys.read(STDIN, bytes, size, LONGEST - size);
            size += Math.max(got, 0);
        }
        String text = RawText.decode(bytes, 0, size);
        int newline = text.indexOf('\n');
        String password = newline < 0 ? text : text.substring(0, newline);
        if (password.isEmpty()) {
            throw new FailureException(ExitCode.FAILED, "cannot read a password: standard input has no line");
        }
        return password;
    }
}
