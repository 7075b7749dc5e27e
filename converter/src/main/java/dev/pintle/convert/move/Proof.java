package dev.pintle.convert.move;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fifth step: the commands that show that everything starts, and starts again. */
public final class Proof {

    private static final String NAME = "pintle-proof";

    private Proof() {}

    /** What to type, in order; {@code archives} are tarballs, which have to be in the context. */
    public static List<String> commands(
            String dockerfile, Path context, @Nullable String target, List<String> archives) {
        List<String> commands = new ArrayList<>();
        for (String archive : archives) {
            if (!Files.exists(context.resolve(archive))) {
                commands.add("cp dist/" + word(archive.substring(archive.lastIndexOf('/') + 1)) + " "
                        + word(context.toString().isEmpty() ? "." : context.toString()));
            }
        }
        commands.addAll(afterwards(dockerfile, context, target));
        return commands;
    }

    private static List<String> afterwards(String dockerfile, Path context, @Nullable String target) {
        String stage = target == null ? "" : " --target " + word(target);
        String directory = context.toString().isEmpty() ? "." : context.toString();
        return List.of(
                "docker build -t " + NAME + " -f " + word(dockerfile) + stage + " " + word(directory),
                "docker run --rm --entrypoint pintle " + NAME + " check",
                "docker run -d --name " + NAME + " " + NAME,
                "docker exec " + NAME + " pintle status",
                "docker exec " + NAME + " pintle restart all",
                "docker exec " + NAME + " pintle health",
                "docker stop " + NAME,
                "docker rm " + NAME);
    }

    /** As a shell takes it for one word. */
    private static String word(String text) {
        boolean plain = text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-/=+:@%,".indexOf(c) >= 0);
        return plain && !text.isEmpty() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
