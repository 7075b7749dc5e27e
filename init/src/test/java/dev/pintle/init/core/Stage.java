package dev.pintle.init.core;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.parse.LayoutParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor on an empty stage: no kernel, a clock that a test moves by hand. Processes are made as asked, with pids from
 * 100 on, and run until the test ends them. What the supervisor does is kept as words: {@code run web}, {@code TERM web}.
 */
final class Stage {
    final Supervisor supervisor;
    long now;

    private final List<String> done = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    /** Services whose output is being kept. */
    final Set<String> heard = new HashSet<>();

    private final Map<Integer, String> processes = new HashMap<>();
    private final Map<String, Integer> pids = new HashMap<>();
    private final ArrayDeque<Event> answers = new ArrayDeque<>();
    /** Processes whose groups outlive them. */
    final Set<String> remaining = new HashSet<>();

    private int nextPid = 100;
    private int exitCode = -1;
    /** Whether processes execute at once; off for tests of what happens before. */
    boolean executes = true;
    /** Whether the kernel makes processes. */
    boolean forks = true;

    private Stage(Layout layout) {
        supervisor = new Supervisor(layout);
    }

    /** A stage with services; alternately a name and the text of its service.conf, or a path and that file's text. */
    static Stage of(String... namesAndTexts) {
        return new Stage(layout(namesAndTexts));
    }

    /** Another layout takes over; written as for {@link #of}. */
    Stage becomes(String... namesAndTexts) {
        return send(new Event.LayoutRead(layout(namesAndTexts)));
    }

    /** What another layout would change. */
    LayoutChange compare(String... namesAndTexts) {
        return supervisor.compare(layout(namesAndTexts));
    }

    private static Layout layout(String... namesAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            String name = namesAndTexts[i];
            String path = name.equals("pintle.conf")
                    ? "/l/pintle.conf"
                    : "/l/services/" + name + (name.indexOf('/') < 0 ? "/service.conf" : "");
            files.put(path, namesAndTexts[i + 1]);
        }
        ParseResult result = LayoutParser.parse(new Files(files), "/l", Map.of("PATH", "/bin"));
        Layout layout = result.layout();
        if (layout == null) {
            throw new AssertionError(result.diagnostics());
        }
        return layout;
    }

    Stage boot() {
        return send(new Event.Booted());
    }

    Stage send(Event event) {
        answers.add(event);
        while (!answers.isEmpty()) {
            for (Action action : List.copyOf(supervisor.step(answers.remove(), now))) {
                carryOut(action);
            }
        }
        return this;
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Spawn spawn && !forks) {
            answers.add(new Event.SpawnRefused(spawn.definition().name(), spawn.role(), Errno.EAGAIN));
        } else if (action instanceof Action.Spawn spawn) {
            String name = spawn.definition().name();
            String process = spawn.role() == Role.RUN
                    ? name
                    : name + "'s " + spawn.role().text();
            String arguments = spawn.role() == Role.FINISH
                    ? " "
                            + String.join(
                                    " ",
                                    spawn.command().subList(1, spawn.command().size()))
                    : "";
            int pid = nextPid++;
            done.add("run " + process + arguments);
            processes.put(pid, process);
            pids.put(process, pid);
            answers.add(new Event.Spawned(name, spawn.role(), pid));
            if (spawn.role() == Role.RUN && executes) {
                answers.add(new Event.Executed(name));
            }
        } else if (action instanceof Action.SendSignal signal) {
            String what = Signal.name(signal.signal()).substring(3);
            String process = processes.getOrDefault(Math.abs(signal.pid()), "?");
            if (!what.equals("CONT")) {
                done.add(what + " " + process + (signal.pid() < 0 ? " group" : ""));
            }
        } else if (action instanceof Action.EndInput end) {
            done.add("end input of " + processes.getOrDefault(Math.abs(end.pid()), "?"));
        } else if (action instanceof Action.Say say) {
            said.add(say.message());
        } else if (action instanceof Action.LookAtGroup look) {
            String process = processes.getOrDefault(look.group(), "?");
            if (look.kill()) {
                done.add("KILL rest of " + process);
                remaining.remove(process);
            }
            if (!remaining.contains(process)) {
                answers.add(new Event.GroupGone(look.service(), look.group()));
            }
        } else if (action instanceof Action.KeepOutput keep) {
            String name = keep.definition().name();
            boolean changed = keep.keep() ? heard.add(name) : heard.remove(name);
            if (!changed && !keep.keep()) {
                throw new AssertionError("nothing of " + name + " was kept");
            }
        } else if (action instanceof Action.AnnounceProof proof) {
            done.add(proof.service() + " is proved");
        } else if (action instanceof Action.Announce change && change.end() != null) {
            ended.add(change.service() + ": " + change.ended());
        } else if (action instanceof Action.Sweep sweep) {
            done.add("sweep " + Signal.name(sweep.signal()).substring(3));
            answers.add(new Event.ChildrenGone());
        } else if (action instanceof Action.Exit exit) {
            exitCode = exit.code();
        }
    }

    /** Lets time pass to the deadlines within it, one after the other. */
    Stage pass(long millis) {
        long end = now + millis;
        while (supervisor.nextDeadline() <= end) {
            now = Math.max(now, supervisor.nextDeadline());
            send(new Event.Ticked());
        }
        now = end;
        return this;
    }

    Stage exits(String process, int code) {
        return ends(process, ExitStatus.ofCode(code));
    }

    Stage dies(String process, int signal) {
        return ends(process, ExitStatus.ofSignal(signal));
    }

    private Stage ends(String process, ExitStatus status) {
        return send(new Event.Ended(pid(process), status));
    }

    Stage cannotExecute(String service, int errno) {
        return cannotExecute(service, service, errno);
    }

    Stage cannotExecute(String service, String program, int errno) {
        SetUpReport report = new SetUpReport(Step.EXECUTE, errno);
        send(new Event.SetUpFailed(service, Role.RUN, report, program));
        return ends(service, report.end());
    }

    Stage comesReady(String service) {
        return send(new Event.CameReady(service));
    }

    int pid(String process) {
        return Objects.requireNonNull(pids.get(process), () -> process + " was never run");
    }

    String state(String service) {
        return service(service).state().text();
    }

    Service service(String name) {
        return Objects.requireNonNull(supervisor.service(name));
    }

    /** What has been done since the last call. */
    List<String> done() {
        List<String> copy = List.copyOf(done);
        done.clear();
        return copy;
    }

    /** What has been said since the last call. */
    List<String> said() {
        List<String> copy = List.copyOf(said);
        said.clear();
        return copy;
    }

    /** What was announced of the ends of runs since the last call. */
    List<String> ended() {
        List<String> copy = List.copyOf(ended);
        ended.clear();
        return copy;
    }

    /** The code that the container ended with; -1 while it runs. */
    int exitCode() {
        return exitCode;
    }

    private record Files(Map<String, String> texts) implements LayoutSource {
        @Override
        public List<String> directories(String path) {
            List<String> names = new ArrayList<>();
            for (String file : texts.keySet()) {
                int end = file.indexOf('/', path.length() + 1);
                if (file.startsWith(path + "/") && end > 0) {
                    String name = file.substring(path.length() + 1, end);
                    if (!names.contains(name)) {
                        names.add(name);
                    }
                }
            }
            return names;
        }

        @Override
        public List<String> files(String path) {
            List<String> names = new ArrayList<>();
            for (String file : texts.keySet()) {
                if (file.startsWith(path + "/") && file.indexOf('/', path.length() + 1) < 0) {
                    names.add(file.substring(path.length() + 1));
                }
            }
            return names;
        }

        @Override
        public @Nullable String read(String path, int limit) {
            return path.endsWith("/finish") ? "#!/bin/sh\n" : texts.get(path);
        }

        @Override
        public boolean isExecutable(String path) {
            return true;
        }
    }
}
