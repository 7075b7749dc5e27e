package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.layout.Key;
import java.util.List;

/** Makes {@code [ulimits]} of a shell's ulimit, and of the soft limits that chpst and softlimit set. */
final class Limits {

    private static final Fate BOTH = Fate.approximated(
            "the hard limit is set too, and the start fails where the container's is lower; only the soft one was set, as"
                    + " high as the hard one allows",
            null);

    private final RunPlan plan;
    private final boolean bash;

    Limits(RunPlan plan, boolean bash) {
        this.plan = plan;
        this.bash = bash;
    }

    /** {@code ulimit -n 1024}: both limits. */
    Fate ulimit(List<Value> arguments, int offset) throws Refusal {
        String option = "f";
        int at = 0;
        for (;
                at < arguments.size()
                        && arguments
                                .get(at)
                                .literal()
                                .filter(a -> a.startsWith("-"))
                                .isPresent();
                at++) {
            String letters = arguments.get(at).literal().orElse("").substring(1);
            if (letters.indexOf('S') >= 0 || letters.length() > 2) {
                throw new Refusal("it sets a soft limit alone", offset);
            }
            option = letters.replace("H", "S").equals(letters) ? letters : "";
        }
        if (at != arguments.size() - 1 || option.length() != 1) {
            throw new Refusal("it prints limits, or sets several", offset);
        }
        String amount = arguments.get(at).literal().orElseThrow(() -> new Refusal("its limit is a variable", offset));
        Key key = switch (option) {
            case "n" -> Key.ULIMIT_NOFILE;
            case "u" -> bash ? Key.ULIMIT_NPROC : null;
            case "c" -> Key.ULIMIT_CORE;
            case "f" -> Key.ULIMIT_FSIZE;
            case "d" -> Key.ULIMIT_DATA;
            case "s" -> Key.ULIMIT_STACK;
            case "l" -> Key.ULIMIT_MEMLOCK;
            case "v" -> Key.ULIMIT_AS;
            case "t" -> Key.ULIMIT_CPU;
            default -> null;
        };
        if (key == null) {
            throw new Refusal("it sets a limit that shells name differently", offset);
        }
        plan.set(key, amount(amount, option, offset));
        return Fate.kept("[ulimits] " + key.text() + " = " + plan.keys().get(key));
    }

    private static String amount(String amount, String option, int offset) throws Refusal {
        if (amount.equals("unlimited") || amount.equals("0")) {
            return amount;
        }
        if (!isNumber(amount)) {
            throw new Refusal("its limit is no number", offset);
        }
        return switch (option) {
            case "n", "u", "t" -> amount;
            case "d", "s", "l", "v" -> amount + "k";
            // 512 bytes in POSIX and dash, 1024 in bash.
            default -> throw new Refusal("its limit counts blocks, whose size depends on the shell", offset);
        };
    }

    /** Soft limits in bytes or numbers: {@code -o 1024} of chpst. */
    Fate soft(List<Key> keys, String amount, int offset) throws Refusal {
        if (!isNumber(amount)) {
            throw new Refusal("its limit is no number", offset);
        }
        keys.forEach(key -> plan.set(key, amount));
        return BOTH;
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
