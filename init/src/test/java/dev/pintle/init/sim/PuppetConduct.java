package dev.pintle.init.sim;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.scenario.Puppet;
import dev.pintle.init.scenario.Puppet.Move;
import dev.pintle.init.scenario.Puppet.When;
import dev.pintle.init.sys.ExitStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A puppet of a scenario as a simulated process; puppet.c is the same with a real kernel under it. */
final class PuppetConduct implements Behaviour.Conduct {
    private static final ExitStatus BROKEN = ExitStatus.ofCode(99);

    private final SimSys sys;
    private final Puppet.Run run;
    private final String arguments;
    private final Map<String, String> environment;
    private final Function<String, @Nullable Behaviour> others;
    /** The signals whose moves are being made. */
    private final Set<Integer> busy = new HashSet<>();

    private int port;

    /**
     * One run of a puppet.
     *
     * @param arguments   after its name, with blanks in between
     * @param environment as NAME=value
     * @param others      what the puppets do that it makes
     */
    PuppetConduct(
            SimSys sys,
            Puppet.Run run,
            String arguments,
            List<String> environment,
            Function<String, @Nullable Behaviour> others) {
        this.sys = sys;
        this.run = run;
        this.arguments = arguments;
        this.environment = Environment.asMap(environment);
        this.others = others;
    }

    @Override
    public void begin(SimProcess process) {
        goOn(process, Puppet.START, 0);
    }

    @Override
    public boolean handles(SimProcess process, int signal) {
        if (!run.moves().containsKey(signal)) {
            return false;
        }
        if (busy.add(signal)) {
            goOn(process, signal, 0);
        }
        return true;
    }

    /** Nobody accepts connections any more. */
    void end() {
        sys.sockets.openPorts.remove(port);
    }

    private void goOn(SimProcess process, int occasion, int from) {
        List<Move> moves = run.moves().getOrDefault(occasion, List.of());
        for (int i = from; i < moves.size() && process.alive(); i++) {
            Move move = moves.get(i);
            boolean there = sys.files.exists(path(move.file()));
            if (move.when() == When.ALWAYS || there == (move.when() == When.IF)) {
                if (move.verb() == Puppet.Verb.PAUSE) {
                    int next = i + 1;
                    sys.simulation.after(move.number(), () -> goOn(process, occasion, next));
                    return;
                }
                make(process, move);
            }
        }
        busy.remove(occasion);
    }

    private void make(SimProcess process, Move move) {
        String words = move.words();
        switch (move.verb()) {
            case PAUSE -> throw new IllegalArgumentException("a pause is made by who goes on after it");
            case READY -> comeReady(process, words);
            case SAY -> sys.print(process, expand(words));
            case TOUCH -> sys.files.put(path(words), "", 0644, 0);
            case DELETE -> sys.files.takeAway(path(words));
            case EXIT -> sys.processes.end(process, ExitStatus.ofCode((int) move.number()));
            case DIE -> sys.processes.end(process, ExitStatus.ofSignal((int) move.number()));
            case FORK -> sys.processes.forkScripted(process, new Behaviour.Fork(0, false, other(words)));
            case DAEMON -> {
                Behaviour between = Behaviour.exits(0, 0).forks(0, true, other(words));
                sys.processes.forkScripted(process, new Behaviour.Fork(0, true, between));
            }
        }
    }

    private Behaviour other(String puppet) {
        Behaviour behaviour = others.apply(path(puppet));
        return behaviour == null ? Behaviour.exits(0, BROKEN.code()) : behaviour;
    }

    private void comeReady(SimProcess process, String how) {
        if (how.startsWith("fd ")) {
            OpenFile to = process.readiness;
            if (to == null) {
                sys.processes.end(process, BROKEN);
                return;
            }
            to.write(new byte[] {'\n'}, 0, 1);
            process.held.remove(to);
            to.drop();
            process.readiness = null;
        } else if (how.startsWith("file ")) {
            sys.files.put(path(how.substring("file ".length())), "", 0644, 0);
        } else if (how.equals("tcp")) {
            port = Integer.parseInt(environment.getOrDefault("PORT", "0"));
            sys.sockets.openPorts.add(port);
        } else if (!sys.sockets.send(
                environment.getOrDefault("NOTIFY_SOCKET", ""), "STATUS=well\nREADY=1", process.pid, sys.userId())) {
            sys.processes.end(process, BROKEN);
        }
    }

    private String path(String file) {
        return environment.getOrDefault("DIR", "") + "/" + file;
    }

    private String expand(String words) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < words.length()) {
            char c = words.charAt(at++);
            if (c != '$') {
                text.append(c);
            } else if (words.startsWith("*", at)) {
                text.append(arguments);
                at++;
            } else {
                int end = at;
                while (end < words.length() && (Character.isUpperCase(words.charAt(end)) || words.charAt(end) == '_')) {
                    end++;
                }
                text.append(environment.getOrDefault(words.substring(at, end), ""));
                at = end;
            }
        }
        return text.toString();
    }
}
