package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** runit as the init runs /etc/runit/1 before the services, and /etc/runit/3 after them. */
final class RunitStagesRule {

    private static final Set<String> INITS = Set.of("runit", "runit-init");

    private static final Map<String, String> STAGES = Map.of(
            "/etc/runit/1", "before the services",
            "/etc/runit/3", "after them",
            "/etc/runit/ctrlaltdel", "at INT");

    private static final String HINT =
            "make a oneshot of what it does: command before the services, which depend_on it,"
                    + " down_command after them";

    private final Build build;
    private final List<Start> starts;

    RunitStagesRule(Build build, List<Start> starts) {
        this.build = build;
        this.starts = starts;
    }

    void apply(ContextFiles files) {
        if (build.supervisor() != Supervisor.RUNIT || starts.stream().noneMatch(RunitStagesRule::isInit)) {
            return;
        }
        files.files().forEach((path, place) -> {
            String when = STAGES.get(place);
            if (when != null) {
                build.other(path)
                        .ifPresent(edits -> build.findings()
                                .add(
                                        edits.file(),
                                        0,
                                        place,
                                        Fate.notCarried("runit ran it " + when + ", and init does not", HINT)));
            }
        });
    }

    private static boolean isInit(Start start) {
        return start.lines().stream()
                .flatMap(line -> Stream.concat(
                        line.invocation().stream(),
                        Stream.concat(
                                        line.shell().stream(),
                                        line.scripts().stream().map(Start.Script::launch))
                                .flatMap(launch -> launch.starts().stream())
                                .map(command -> Invocation.of(command.arguments()))))
                .anyMatch(invocation -> INITS.contains(invocation.program()));
    }
}
