package dev.pintle.web.supervisorctl;

import dev.pintle.init.sys.PollSet;
import dev.pintle.layout.text.Ascii;
import dev.pintle.web.supervisord.Fault;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows what processes have written, and lets people speak to them. */
final class LogActions {
    private static final long USUAL_BYTES = 1_600;
    /** What is shown first of a file that is followed. */
    private static final long FIRST_BYTES = 1_024;
    /** How often it is looked for more, in milliseconds. */
    private static final int PAUSE = 500;

    private static final String HOW_TO_END = "==> Press Ctrl-C to exit <==";

    private final Session session;
    private final RpcServer server;

    LogActions(Session session, RpcServer server) {
        this.session = session;
        this.server = server;
    }

    /** How much of a file to show: a number of bytes, or all that comes. */
    private record Extent(long bytes, boolean follows) {
        /** Reads {@code -f} or {@code -NUMBER}; what is neither has no bytes. */
        static Extent of(String word) {
            String digits = word.substring(1);
            boolean number = Ascii.isNumber(digits) && digits.length() < 10;
            return new Extent(number ? Long.parseLong(digits) : -1, digits.equals("f"));
        }
    }

    void tail(List<String> given) throws FaultException, UnreachableException {
        List<String> words = new ArrayList<>(given);
        if (words.isEmpty() || words.size() > 3) {
            session.fail(Codes.GENERIC, "Error: too " + (words.isEmpty() ? "few" : "many") + " arguments");
            session.print(Help.of("tail"));
            return;
        }
        String modifier = words.get(0).startsWith("-") ? words.remove(0) : "";
        if (words.isEmpty()) {
            session.fail(Codes.GENERIC, "Error: tail requires process name");
            return;
        }
        String channel = words.size() == 1 ? "stdout" : Ascii.lower(words.get(words.size() - 1));
        if (!channel.equals("stdout") && !channel.equals("stderr")) {
            session.fail(Codes.GENERIC, "Error: bad channel '" + channel + "'");
            return;
        }
        Extent extent = modifier.isEmpty() ? new Extent(USUAL_BYTES, false) : Extent.of(modifier);
        if (!extent.follows && extent.bytes < 0) {
            session.fail(Codes.GENERIC, "Error: bad argument " + modifier);
            return;
        }
        String stream = channel.equals("stdout") ? "Stdout" : "Stderr";
        try {
            if (extent.follows) {
                session.print(HOW_TO_END);
                follow(words.get(0), stream);
            } else {
                session.print(server.text("readProcess" + stream + "Log", words.get(0), -extent.bytes, 0L));
            }
        } catch (FaultException e) {
            sayUnreadable(words.get(0), e);
        }
    }

    private void sayUnreadable(String name, FaultException fault) throws FaultException {
        session.code = Codes.GENERIC;
        if (Codes.is(fault, Fault.NO_FILE)) {
            session.print(name + ": ERROR (no log file)");
        } else if (Codes.is(fault, Fault.FAILED)) {
            session.print(name + ": ERROR (unknown error reading log)");
        } else if (Codes.is(fault, Fault.BAD_NAME)) {
            session.print(name + ": ERROR (no such process name)");
        } else {
            throw fault;
        }
    }

    /** Until a signal ends it. */
    private void follow(String name, String stream) throws FaultException, UnreachableException {
        Follower follower = new Follower(name, stream);
        while (true) {
            follower.showMore();
            session.sys.poll(new PollSet(), PAUSE);
        }
    }

    /** A file that is shown as it grows. */
    private final class Follower {
        private final String name;
        private final String stream;
        private long at;

        Follower(String name, String stream) throws FaultException, UnreachableException {
            this.name = name;
            this.stream = stream;
            session.write(read(-FIRST_BYTES));
            at = size();
        }

        /** Also of a file that was emptied, or begun again. */
        void showMore() throws FaultException, UnreachableException {
            long size = size();
            at = size < at ? 0 : at;
            if (size > at) {
                session.write(read(at));
                at = size;
            }
        }

        private String read(long from) throws FaultException, UnreachableException {
            return server.text("readProcess" + stream + "Log", name, from, 0L);
        }

        private long size() throws FaultException, UnreachableException {
            List<?> tail = server.list("tailProcess" + stream + "Log", name, 0L, 0L);
            return tail.size() > 1 && tail.get(1) instanceof Long size ? size : 0;
        }
    }

    void mainTail(List<String> words) throws FaultException, UnreachableException {
        if (words.size() > 1) {
            session.fail(Codes.GENERIC, "Error: too many arguments");
            session.print(Help.of("maintail"));
            return;
        }
        String modifier = words.isEmpty() ? "-" + USUAL_BYTES : words.get(0);
        Extent extent = modifier.startsWith("-") ? Extent.of(modifier) : new Extent(-1, false);
        if (!extent.follows && extent.bytes < 0) {
            session.fail(Codes.GENERIC, "Error: bad argument " + modifier);
            return;
        }
        try {
            session.print(server.text("readLog", -Math.max(extent.bytes, FIRST_BYTES), 0L));
        } catch (FaultException e) {
            sayUnreadable("supervisord", e);
        }
    }

    void foreground(List<String> words) throws FaultException, UnreachableException {
        if (words.size() != 1) {
            session.fail(
                    Codes.GENERIC,
                    words.isEmpty() ? "ERROR: no process name supplied" : "ERROR: too many process names supplied");
            if (words.isEmpty()) {
                session.print(Help.of("fg"));
            }
            return;
        }
        String name = words.get(0);
        try {
            if (!isRunning(server.structure("getProcessInfo", name))) {
                session.fail(Codes.GENERIC, "ERROR: process not running");
                return;
            }
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.BAD_NAME)) {
                throw e;
            }
            session.fail(Codes.GENERIC, "ERROR: bad process name supplied");
            return;
        }
        session.print(HOW_TO_END);
        speak(name);
        session.print("Exiting foreground");
    }

    private static boolean isRunning(Map<?, ?> process) {
        return ProcessActions.text(process, "statename").equals("RUNNING");
    }

    /** Passes lines on, and shows what is written, until there are no more lines or the process has ended. */
    private void speak(String name) throws FaultException, UnreachableException {
        List<Follower> followers = new ArrayList<>();
        for (String stream : List.of("Stdout", "Stderr")) {
            try {
                followers.add(new Follower(name, stream));
            } catch (FaultException e) {
                // What has no file is not shown.
                if (!Codes.is(e, Fault.NO_FILE)) {
                    throw e;
                }
            }
        }
        while (true) {
            String line = session.line(PAUSE);
            if (line != null) {
                server.ask("sendProcessStdin", name, line + "\n");
            } else if (session.isOver()) {
                return;
            }
            for (Follower follower : followers) {
                follower.showMore();
            }
            if (!isRunning(server.structure("getProcessInfo", name))) {
                session.print("Process got killed");
                return;
            }
        }
    }
}
