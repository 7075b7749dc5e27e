package dev.pintle.web.supervisorctl;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.Ascii;
import dev.pintle.web.supervisorctl.UnreachableException.Why;
import dev.pintle.web.supervisord.Fault;
import dev.pintle.web.supervisord.Supervisord;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.List;

/** Does what lines say, one after the other. */
public final class Shell {
    private final ToolSys sys;
    private final CtlSettings settings;
    private final Session session;
    private RpcServer server;
    private boolean left;

    private Shell(ToolSys sys, CtlSettings settings) throws UsageException {
        this.sys = sys;
        this.settings = settings;
        session = new Session(sys, settings.interactive);
        server = server();
    }

    /** Runs supervisorctl; its exit code. */
    public static int run(Invocation call) throws FailureException {
        CtlSettings settings = CtlSettings.of(call);
        if (settings.help) {
            call.output.printRaw(Help.USAGE + Help.all());
            return 0;
        }
        Shell shell = new Shell(call.sys, settings);
        if (settings.words.isEmpty()) {
            shell.converse();
            return 0;
        }
        shell.obey(String.join(" ", settings.words));
        return shell.session.code;
    }

    private RpcServer server() throws UsageException {
        return settings.url.isEmpty()
                ? new LocalServer(sys)
                : new HttpServer(sys, settings.url, settings.authorization());
    }

    private void converse() {
        obey("status");
        while (!left) {
            String line = session.ask(settings.prompt + "> ");
            if (line == null) {
                session.print("");
                return;
            }
            obey(line);
        }
    }

    private void obey(String text) {
        String line = Ascii.trim(text);
        int end = 0;
        while (end < line.length() && Ascii.isNamePart(line.charAt(end))) {
            end++;
        }
        String action = line.startsWith("?") ? "help" : line.substring(0, end);
        String rest = Ascii.trim(line.substring(line.startsWith("?") ? 1 : end));
        if (line.isEmpty()) {
            return;
        }
        try {
            act(line, action, rest);
        } catch (UnreachableException e) {
            sayUnreachable(e, line);
        } catch (FaultException e) {
            session.fail(Codes.GENERIC, "error: " + e.text());
        } catch (UsageException e) {
            session.fail(Codes.GENERIC, "ERROR: " + e.getMessage());
        }
    }

    private void sayUnreachable(UnreachableException e, String line) {
        session.code = e.why == Why.REFUSED ? Codes.REFUSED : e.why == Why.MISSING ? Codes.NOT_RUNNING : Codes.GENERIC;
        if (Ascii.isNamePart(line.charAt(0)) && line.startsWith("status") && e.why != Why.UNAUTHORIZED) {
            session.code = Codes.UNKNOWN;
        }
        session.print(String.valueOf(e.getMessage()));
        if (e.why == Why.UNAUTHORIZED && session.interactive) {
            identify(line);
        }
    }

    private void identify(String line) {
        String user = session.ask("Username:");
        String password = session.ask("Password:");
        if (user != null && password != null) {
            settings.identify(user, password);
            try {
                server = server();
                obey(line);
            } catch (UsageException e) {
                session.fail(Codes.GENERIC, "ERROR: " + e.getMessage());
            }
        }
    }

    private void act(String line, String action, String rest)
            throws FaultException, UnreachableException, UsageException {
        List<String> words = ProcessActions.words(rest);
        switch (action) {
            case "help" -> session.print(rest.isEmpty() ? Help.all() : Help.of(rest));
            case "quit", "exit", "EOF" -> left = true;
            case "open" -> open(rest);
            case "avail", "reload", "reread", "shutdown", "version" -> alone(action, rest);
            case "add" -> layout().add(words);
            case "remove" -> layout().remove(words);
            case "update" -> layout().update(words);
            case "clear", "fg", "maintail", "pid", "restart", "signal", "start", "status", "stop", "tail" -> {
                if (isUp()) {
                    ofProcesses(action, words);
                }
            }
            default -> session.fail(Codes.GENERIC, "*** Unknown syntax: " + line);
        }
    }

    private LayoutActions layout() {
        return new LayoutActions(session, server);
    }

    private void open(String url) throws FaultException, UnreachableException, UsageException {
        if (!HttpServer.isUrl(url)) {
            session.fail(Codes.GENERIC, "ERROR: url must be http:// or unix://");
            return;
        }
        settings.url = url;
        server = server();
        int before = session.code;
        try {
            if (isUp()) {
                new ProcessActions(session, server).status(List.of());
            }
        } finally {
            session.code = before;
        }
    }

    /** Whether the server has this interface, of this version. */
    private boolean isUp() throws FaultException, UnreachableException {
        try {
            String version = server.text("getVersion");
            if (version.equals(Supervisord.API_VERSION)) {
                return true;
            }
            session.fail(
                    Codes.NOT_INSTALLED,
                    "cannot speak to the server: its interface has version " + version + ", and not "
                            + Supervisord.API_VERSION);
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.UNKNOWN_METHOD)) {
                throw e;
            }
            session.fail(
                    Codes.UNIMPLEMENTED,
                    "cannot speak to the server: it does not know supervisor.getVersion; supervisord.conf needs"
                            + " [rpcinterface:supervisor]");
        }
        return false;
    }

    /** What takes no arguments. */
    private void alone(String action, String rest) throws FaultException, UnreachableException {
        if (!rest.isEmpty()) {
            session.fail(Codes.GENERIC, "Error: " + action + " accepts no arguments");
            session.print(Help.of(action));
            return;
        }
        try {
            switch (action) {
                case "avail" -> layout().avail();
                case "reload" -> layout().reload();
                case "reread" -> layout().reread();
                case "shutdown" -> layout().shutdown();
                default -> version();
            }
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.SHUTDOWN_STATE)) {
                throw e;
            }
            session.fail(Codes.GENERIC, "ERROR: supervisor shutting down");
        }
    }

    private void version() throws FaultException, UnreachableException {
        if (isUp()) {
            session.print(server.text("getSupervisorVersion"));
        }
    }

    private void ofProcesses(String action, List<String> words) throws FaultException, UnreachableException {
        ProcessActions processes = new ProcessActions(session, server);
        LogActions logs = new LogActions(session, server);
        switch (action) {
            case "status" -> processes.status(words);
            case "pid" -> processes.pid(words);
            case "tail" -> logs.tail(words);
            case "maintail" -> logs.mainTail(words);
            case "fg" -> logs.foreground(words);
            case "signal" -> signal(processes, words);
            default -> order(processes, action, words);
        }
    }

    private void signal(ProcessActions processes, List<String> words) throws FaultException, UnreachableException {
        if (words.size() < 2) {
            session.fail(Codes.GENERIC, "Error: signal requires a signal name and a process name");
            session.print(Help.of("signal"));
            return;
        }
        processes.signal(words.get(0), words.subList(1, words.size()));
    }

    private void order(ProcessActions processes, String action, List<String> words)
            throws FaultException, UnreachableException {
        if (words.isEmpty()) {
            boolean start = action.equals("start");
            session.fail(
                    start ? Codes.INVALID_ARGUMENTS : Codes.GENERIC, "Error: " + action + " requires a process name");
            session.print(Help.of(action));
            return;
        }
        if (action.equals("clear")) {
            processes.clear(words);
            return;
        }
        if (!action.equals("start")) {
            processes.stop(words);
        }
        if (!action.equals("stop")) {
            processes.start(words);
        }
    }
}
