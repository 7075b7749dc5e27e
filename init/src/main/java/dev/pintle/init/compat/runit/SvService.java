package dev.pintle.init.compat.runit;

import dev.pintle.init.boot.LayoutReader;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Layout;
import java.util.List;

/** A service as sv is given it: runit knows it as a directory, the init by a name. */
final class SvService {
    private static final long PAUSE = 10;

    private final Invocation call;
    private final ToolSys sys;
    private final String services;
    /** As it was written. */
    final String word;
    /** As the init has it. */
    final String name;
    /** Whether there is nothing more to do about it. */
    boolean settled;
    /** How often it had been started when it was asked for something. */
    long startsBefore;

    SvService(Invocation call, String word) {
        this.call = call;
        this.sys = call.sys;
        this.services = LayoutReader.directory(call.environment()) + "/services/";
        this.word = word;
        this.name = word.isEmpty() ? word : nameOf(word);
    }

    /** The last part of a path, two where it is a logger's; what {@code .} and {@code ..} mean is looked for. */
    private String nameOf(String path) {
        boolean named = path.charAt(0) != '.' && path.charAt(0) != '/' && !path.endsWith("/");
        if (named) {
            return path;
        }
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        String part = path.substring(0, end);
        String base = part.substring(part.lastIndexOf('/') + 1);
        if (base.startsWith(".")) {
            return nameOfDirectory(part);
        }
        boolean logger = base.equals("log") && part.length() > Layout.LOG.length();
        return logger ? nameOf(Layout.writerOf(part)) + Layout.LOG : base;
    }

    private String nameOfDirectory(String path) {
        FileFacts wanted = new FileFacts();
        List<String> names = sys.list(services);
        if (names != null && sys.stat(path, wanted) == 0) {
            for (String each : names) {
                if (isSame(each, wanted)) {
                    return each;
                }
                if (isSame(each + Layout.LOG, wanted)) {
                    return each + Layout.LOG;
                }
            }
        }
        return path;
    }

    private boolean isSame(String each, FileFacts wanted) {
        FileFacts facts = new FileFacts();
        return sys.stat(services + each, facts) == 0 && facts.inode == wanted.inode && facts.device == wanted.device;
    }

    /** Whether its program {@code check} says that it is available; without one it is. */
    boolean checks() {
        String check = services + name + "/check";
        if (sys.stat(check, new FileFacts()) < 0) {
            return true;
        }
        int errno = -sys.mayExecute(check);
        if (errno != 0) {
            warn("unable to run ", errno);
            return true;
        }
        ChildSpec child = new ChildSpec();
        child.programs = List.of("./check");
        child.arguments = List.of("./check");
        child.environment = sys.environment();
        child.directory = services + name;
        child.stdin = 0;
        child.stdout = -1;
        int pid = sys.spawn(child);
        if (pid < 0) {
            warn("unable to fork for ", -pid);
            return false;
        }
        sys.close(child.statusDescriptor);
        EndedChild ended = new EndedChild();
        while (sys.peekEnded(ended) == 0) {
            sys.poll(new PollSet(), PAUSE);
        }
        sys.release(pid);
        return !ended.status.signalled() && ended.status.code() == 0;
    }

    private void warn(String what, int errno) {
        call.output.printError("warning: " + what + word + "/check: " + ErrorWords.of(errno) + "\n");
    }
}
