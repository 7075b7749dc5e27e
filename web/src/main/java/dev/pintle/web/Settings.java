package dev.pintle.web;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.LaunchException;
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
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.IpAddress;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pintle-web serve} is told.
 *
 * @param addresses where it listens
 * @param group     of Unix sockets; -1 for this user's
 * @param access    who may what
 * @param hosts     the names that the page is served under
 * @param ready     the descriptor that gets a line once it listens; -1 for none
 */
record Settings(List<ListenSocket> addresses, int group, Access access, Hosts hosts, int ready) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_PASSWORD = 1024;
    private static final int LAST_PORT = 65_535;
    private static final String UNIX = "unix:";
    /** Permissions of a Unix socket: whoever may write may connect. */
    private static final int USUAL_MODE = 0600;

    private static final int GROUP_MODE = 0660;
    private static final int NONE = -1;

    /** Reads them from the command line. */
    static Settings of(Invocation call) throws FailureException {
        Options options = new Options(
                call.words,
                "l:m:g:u:p:U:a:r:",
                "listen=l",
                "socket-mode=m",
                "socket-group=g",
                "user=u",
                "password-file=p",
                "users=U",
                "allowed-host=a",
                "ready=r");
        Hosts hosts = new Hosts();
        List<String> listen = new ArrayList<>();
        String mode = "";
        String group = "";
        String user = "";
        String passwordFile = "";
        String usersFile = "";
        int ready = NONE;
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            switch (letter) {
                case 'l' -> listen.add(options.value());
                case 'm' -> mode = options.value();
                case 'g' -> group = options.value();
                case 'u' -> user = options.value();
                case 'p' -> passwordFile = options.value();
                case 'U' -> usersFile = options.value();
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
        if (listen.isEmpty()) {
            throw new UsageException("--listen is missing");
        }
        int permissions = mode.isEmpty() ? group.isEmpty() ? USUAL_MODE : GROUP_MODE : mode(mode);
        List<ListenSocket> addresses = new ArrayList<>();
        for (String text : listen) {
            addresses.add(address(text, permissions));
        }
        Credentials credentials = user.isEmpty() ? null : new Credentials(user, password(call.sys, passwordFile));
        Users users = usersFile.isEmpty() ? Users.NONE : Users.read(call.sys, usersFile);
        Access access = new Access(call.sys, credentials, users);
        return new Settings(addresses, group(call.sys, group), access, hosts, ready);
    }

    /** Who it is that says no name and comes to an address. */
    Caller unasked(ListenSocket address) {
        return address.unix() ? Caller.LOCAL : access.anybody(isLoopback(IpAddress.parse(address.host())));
    }

    /** 127.0.0.0/8 or ::1. */
    private static boolean isLoopback(byte @Nullable [] address) {
        if (address == null) {
            return false;
        }
        if (address.length == 4) {
            return address[0] == 127;
        }
        for (int i = 0; i < address.length - 1; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[address.length - 1] == 1;
    }

    /** {@code [HOST:]PORT} or {@code unix:PATH}. */
    private static ListenSocket address(String text, int mode) throws UsageException {
        if (text.startsWith(UNIX + "/")) {
            return new ListenSocket(text.substring(UNIX.length()), "", 0, mode, null);
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
        int port = number(text.substring(colon + 1), "--listen");
        if (port == 0 || port > LAST_PORT || IpAddress.parse(host) == null) {
            throw new UsageException(
                    "--listen takes a numeric address and a port, such as 127.0.0.1:9001 or [::1]:9001,"
                            + " or unix:/run/pintle/web.sock");
        }
        return new ListenSocket("", host, port, 0, null);
    }

    private static int number(String text, String option) throws UsageException {
        if (!Ascii.isNumber(text) || text.length() > 5) {
            throw new UsageException(option + " takes a number, and not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static int mode(String text) throws UsageException {
        try {
            return Values.octal(text, 0777);
        } catch (BadValueException e) {
            throw new UsageException("--socket-mode takes permissions such as 0660, and not '" + text + "'");
        }
    }

    private static int group(Sys sys, String name) throws FailureException {
        try {
            return name.isEmpty() ? NONE : new Accounts(sys).groupId(name);
        } catch (LaunchException e) {
            throw new FailureException(ExitCode.FAILED, "cannot let group " + name + " connect: " + e.getMessage());
        }
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
