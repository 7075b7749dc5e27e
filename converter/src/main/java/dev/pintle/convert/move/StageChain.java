package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
        return last.map(stage -> of(stages, stage, new Variables(dockerfile)));
    }

    /** That of a stage. */
    static StageChain of(Dockerfile dockerfile, Stage stage) {
        return of(dockerfile.stages(), stage, new Variables(dockerfile));
    }

    /** FROM may name a stage by an ARG that has a default. */
    private static String base(Variables variables, Stage stage) {
        return variables.global(stage.base());
    }

    private static StageChain of(List<Stage> stages, Stage target, Variables variables) {
        List<Stage> chain = new ArrayList<>();
        Optional<Stage> at = Optional.of(target);
        while (at.isPresent()) {
            chain.add(0, at.get());
            at = find(stages, stages.indexOf(at.get()), base(variables, at.get()));
        }
        Set<Stage> inputs = new LinkedHashSet<>();
        List<Stage> open = new ArrayList<>(chain);
        while (!open.isEmpty()) {
            Stage stage = open.remove(open.size() - 1);
            List<Stage> found = new ArrayList<>();
            find(stages, stages.indexOf(stage), base(variables, stage)).ifPresent(found::add);
            for (Instruction instruction : stage.instructions()) {
                sources(instruction)
                        .forEach(name ->
                                find(stages, stages.indexOf(stage), name).ifPresent(found::add));
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

    /**
     * The other images of a Dockerfile that share a stage with this one: each stage that no other is built on, and each that
     * says what it starts where those that are built on it say otherwise. The latter come first.
     */
    List<StageChain> siblings(Dockerfile dockerfile) {
        List<Stage> stages = dockerfile.stages();
        Variables variables = new Variables(dockerfile);
        List<StageChain> last = new ArrayList<>();
        List<StageChain> between = new ArrayList<>();
        Set<Instruction> effective = new HashSet<>(starts(false));
        for (Stage stage : stages) {
            StageChain image = of(stages, stage, variables);
            boolean shares = image.chain().stream().anyMatch(chain::contains);
            boolean base = stages.stream()
                    .anyMatch(other -> find(stages, stages.indexOf(other), base(variables, other))
                            .filter(stage::equals)
                            .isPresent());
            if (shares && base && !stage.equals(target())) {
                between.add(image);
            } else if (shares && !base && !chain.contains(stage)) {
                last.add(image);
                effective.addAll(image.starts(false));
            }
        }
        List<StageChain> siblings = new ArrayList<>();
        for (StageChain image : between) {
            if (!effective.containsAll(image.starts(false))) {
                siblings.add(image);
                effective.addAll(image.starts(false));
            }
        }
        siblings.addAll(last);
        return siblings;
    }

    /**
     * The ENTRYPOINT and the CMD of the image, as far as it has them. An ENTRYPOINT resets the CMD of the stages before
     * its own.
     *
     * @param onBuild whether those are meant that ONBUILD gives to an image built on it
     */
    List<Instruction> starts(boolean onBuild) {
        Map<String, Instruction> starts = new TreeMap<>();
        for (Stage stage : chain) {
            boolean commandHere = false;
            for (Instruction instruction : stage.instructions()) {
                boolean command = instruction.keyword().equals("CMD");
                if (instruction.onBuild() != onBuild
                        || !(command || instruction.keyword().equals("ENTRYPOINT"))) {
                    continue;
                }
                if (!command && !commandHere) {
                    starts.remove("CMD");
                }
                commandHere |= command;
                starts.put(instruction.keyword(), instruction);
            }
        }
        return List.copyOf(starts.values());
    }

    private static List<String> sources(Instruction instruction) {
        List<String> sources = new ArrayList<>();
        instruction.flag("from").ifPresent(sources::add);
        Mount.of(instruction).forEach(mount -> mount.from().ifPresent(sources::add));
        return sources;
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

    /** The instructions of the chain, in order; those behind ONBUILD among them. */
    List<Instruction> all() {
        return chain.stream().flatMap(stage -> stage.instructions().stream()).toList();
    }

    /** The instructions of the chain, in order; those behind ONBUILD left out. */
    List<Instruction> instructions() {
        return chain.stream()
                .flatMap(stage -> stage.instructions().stream())
                .filter(instruction -> !instruction.onBuild())
                .toList();
    }
}
