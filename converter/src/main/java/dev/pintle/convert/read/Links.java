package dev.pintle.convert.read;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Follows the links of a path as the container would, so that none leads out of its root. */
public final class Links {

    /** As in Linux. */
    private static final int MOST = 40;

    private Links() {}

    /**
     * Where a path leads once its links are followed.
     *
     * @param goesOn whether a path without links, on the way or at the end, is worth following; else there is no answer
     * @param target of the link at a path without links; empty where there is no link
     * @return a path without links, which need not exist; empty where links go round in circles
     */
    public static Optional<String> resolve(
            String path, Predicate<String> goesOn, Function<String, Optional<String>> target) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        Deque<String> done = new ArrayDeque<>();
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.pop();
            if (name.equals("..")) {
                done.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                done.addLast(name);
                String here = joined(done);
                Optional<String> to = target.apply(here);
                if (!goesOn.test(here) || (to.isPresent() && ++links > MOST)) {
                    return Optional.empty();
                }
                to.ifPresent(text -> follow(text, done, left));
            }
        }
        return Optional.of(joined(done));
    }

    private static String joined(Deque<String> names) {
        return "/" + String.join("/", names);
    }

    private static void follow(String target, Deque<String> done, Deque<String> left) {
        done.removeLast();
        if (target.startsWith("/")) {
            done.clear();
        }
        List<String> names = Arrays.asList(target.split("/", -1));
        for (int i = names.size() - 1; i >= 0; i--) {
            left.push(names.get(i));
        }
    }
}
