package dev.pintle.web;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.Output;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pintle-web serve} is told.
 *
 * @param address     where it listens
 * @param credentials who may see the page; null for everybody
 * @param hosts       the names that the page is served under
 * @param ready       the descriptor that gets a line once it listens; -1 for none
 */
record Settings(ListenSocket address, @Nullable Credentials credentials, Hosts hosts, int ready) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_PASSWORD = 1024;
    private static final int LAST_PORT = 65_535;

    /** Reads them from the command line. */
    static Settings of(Invocation call) throws FailureException {
        Options options = new Options(
                call.words, "l:u:p:a:r:", "listen=l", "user=u", "password-file=p", "allowed-host=a", "ready=r");
        Hosts hosts = new Hosts();
        String listen = "";
        String user = "";
        String passwordFile = "";
        int ready = -1;
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            switch (letter) {
                case 'l' -> listen = options.value();
                case 'u' -> user = options.value();
                case 'p' -> passwordFile = options.value();
                case 'a' -> hosts.allow(options.value());
                default -> ready = number(options.value(), "--ready");
            }
        }
        if (options.hasOperand()) {
            throw new UsageException("serve takes no words, such as " + options.operand());
        }
        if (user.isEmpty() != passwordFile.isEmpty()) {
            throw new UsageException("--user and --password-file belong together");
        }
        Credentials credentials = user.isEmpty() ? null : new Credentials(user, password(call.sys, passwordFile));
        return new Settings(address(listen), credentials, hosts, ready);
    }

    /** {@code [HOST:]PORT}. */
    private static ListenSocket address(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
        int port = number(text.substring(colon + 1), "--listen");
        if (port == 0 || port > LAST_PORT || IpAddress.parse(host) == null) {
            throw new UsageException(
                    "--listen takes a numeric address and a port, such as 127.0.0.1:9001 or [::1]:9001");
        }
        return new ListenSocket("", host, port, 0, null);
    }

    private static int number(String text, String option) throws UsageException {
        if (!Ascii.isNumber(text) || text.length() > 5) {
            throw new UsageException(option + " takes a number, and not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String password(Sys sys, String file) throws FailureException {
        String text = Files.read(sys, file, LONGEST_PASSWORD).text();
        int newline = text == null ? 0 : text.indexOf('\n');
        String password = text == null ? "" : newline < 0 ? text : text.substring(0, newline);
        if (password.isEmpty()) {
            throw new FailureException(ExitCode.FAILED, "cannot read a password in the first line of " + file);
        }
        return password;
    }

    /** Tells the init that connections are taken. */
    void sayReady(Sys sys) {
        if (ready >= 0) {
            byte[] line = RawText.encode("\n");
            Output.write(sys, ready, line, line.length);
            sys.close(ready);
        }
    }
}
