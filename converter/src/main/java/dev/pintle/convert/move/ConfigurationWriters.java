package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands, of the build or of a script that the image has, that write a configuration, or put a service into its place. */
final class ConfigurationWriters {

    private static final int MAX = 5;

    private static final Set<String> COPIES = Set.of("cp", "mv", "ln", "install", "tee", "envsubst", "wget", "curl");

    private static final List<String> PLACES = List.of("/etc/supervisor", "supervisord.conf", "supervisor.conf");

    private static final List<String> SERVICES =
            List.of("/etc/service/", "/etc/sv/", "/etc/runit/", "/var/service/", " /service/");

    private final Build build;
    private final List<String> places;
    private final List<String> found = new ArrayList<>();

    ConfigurationWriters(Build build) {
        this.build = build;
        this.places = build.supervisor() == Supervisor.RUNIT ? SERVICES : PLACES;
    }

    /** Where they are, such as {@code install.sh:12}; a few at most. */
    List<String> places(ContextFiles files) {
        SourceFile dockerfile = build.dockerfile().file();
        for (Instruction instruction : build.instructions()) {
            if (instruction.keyword().equals("RUN")) {
                commands(dockerfile, instruction.arguments());
                instruction.heredocs().forEach(heredoc -> commands(dockerfile, heredoc.body()));
            }
        }
        for (var file : files.files().entrySet()) {
            script(file.getKey(), file.getValue());
        }
        return found.subList(0, Math.min(found.size(), MAX));
    }

    private void script(Path path, String place) {
        Optional<Edits> edits = found.size() > MAX ? Optional.empty() : build.other(path);
        if (edits.isPresent()
                && edits.get().file().text().contains(build.supervisor() == Supervisor.RUNIT ? "/" : "supervisor")
                && FileKind.of(place, edits.get().file().text()) == FileKind.COMMANDS) {
            commands(edits.get().file(), edits.get().file().whole());
        }
    }

    private void commands(SourceFile file, Excerpt excerpt) {
        for (ShellCommand command : ShellScript.commands(excerpt)) {
            Invocation invocation = Invocation.of(command.arguments());
            boolean redirected = command.words().stream()
                    .filter(ShellWord::redirect)
                    .anyMatch(word -> word.value().contains(">") && isPlace(word.value()));
            List<ShellWord> words = invocation.arguments();
            boolean copied = COPIES.contains(invocation.program())
                    && !words.isEmpty()
                    && isPlace(words.get(words.size() - 1).value());
            boolean nested = Start.commandString(invocation)
                    .map(ShellWord::value)
                    .filter(text -> text.contains(">") && isPlace(text))
                    .isPresent();
            if (redirected || copied || nested) {
                int offset = excerpt.offset(command.start());
                found.add(file.name() + ":" + file.position(offset).line());
            }
        }
    }

    private boolean isPlace(String text) {
        return places.stream().anyMatch((" " + text)::contains);
    }
}
