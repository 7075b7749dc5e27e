package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The stages that make an image.
 *
 * @param chain  those that it is built on, the first one first; the last one is the image's own
 * @param inputs those that files are copied from, in their order; none of the chain
 * @param others the rest
 */
record StageChain(List<Stage> chain, List<Stage> inputs, List<Stage> others) {

    /** That of the stage called {@code target}, or of the last one; absent where there is no such stage. */
    static Optional<StageChain> of(Dockerfile dockerfile, Optional<String> target) {
        List<Stage> stages = dockerfile.stages();
        Optional<Stage> last = target.isEmpty()
                ? Optional.of(stages.get(stages.size() - 1))
                : find(stages, stages.size(), target.get());
        return last.map(stage -> of(stages, stage));
    }

    private static StageChain of(List<Stage> stages, Stage target) {
        List<Stage> chain = new ArrayList<>();
        Optional<Stage> at = Optional.of(target);
        while (at.isPresent()) {
            chain.add(0, at.get());
            at = find(stages, stages.indexOf(at.get()), at.get().base());
        }
        Set<Stage> inputs = new LinkedHashSet<>();
        List<Stage> open = new ArrayList<>(chain);
        while (!open.isEmpty()) {
            Stage stage = open.remove(open.size() - 1);
            List<Stage> found = new ArrayList<>();
            find(stages, stages.indexOf(stage), stage.base()).ifPresent(found::add);
            for (Instruction instruction : stage.instructions()) {
                source(instruction)
                        .flatMap(name -> find(stages, stages.indexOf(stage), name))
                        .ifPresent(found::add);
            }
            found.stream().filter(s -> !chain.contains(s) && inputs.add(s)).forEach(open::add);
        }
        return new StageChain(
                chain,
                stages.stream().filter(inputs::contains).toList(),
                stages.stream()
                        .filter(s -> !chain.contains(s) && !inputs.contains(s))
                        .toList());
    }

    private static Optional<String> source(Instruction instruction) {
        return instruction
                .flag("from")
                .or(() -> instruction
                        .flag("mount")
                        .filter(mount -> mount.contains("from="))
                        .map(mount -> mount.substring(mount.indexOf("from=") + "from=".length()))
                        .map(rest -> rest.indexOf(',') < 0 ? rest : rest.substring(0, rest.indexOf(','))));
    }

    /** By its name or its number, among the first {@code before}. */
    private static Optional<Stage> find(List<Stage> stages, int before, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (int i = before - 1; i >= 0; i--) {
            if (stages.get(i).name().equals(wanted) || String.valueOf(i).equals(wanted)) {
                return Optional.of(stages.get(i));
            }
        }
        return Optional.empty();
    }

    /** The stage of the image. */
    Stage target() {
        return chain.get(chain.size() - 1);
    }

    /** The instructions of the chain, in order; those behind ONBUILD left out. */
    List<Instruction> instructions() {
        return chain.stream()
                .flatMap(stage -> stage.instructions().stream())
                .filter(instruction -> !instruction.onBuild())
                .toList();
    }
}
