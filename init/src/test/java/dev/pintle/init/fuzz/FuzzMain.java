package dev.pintle.init.fuzz;

import dev.pintle.init.helper.AnswerTarget;
import dev.pintle.init.launch.VariablesTarget;
import dev.pintle.init.log.GunzipTarget;
import dev.pintle.init.log.RenderingTarget;
import dev.pintle.init.sim.AccountsTarget;
import dev.pintle.init.sim.ControlTarget;
import dev.pintle.init.sim.NativeWorlds;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.teavm.TeaVmToolSys;
import dev.pintle.init.tool.MultiCall;
import org.teavm.interop.Address;
import org.teavm.interop.Function;
import org.teavm.interop.Import;

/**
 * What a fuzzer's program begins with: it chooses the target that {@code $PINTLE_FUZZ} names, and returns; the fuzzer then calls
 * {@link #take} for each input. {@code worlds} plays simulated worlds instead: {@code $PINTLE_FUZZ_COUNT} of them, from seed {@code
 * $PINTLE_FUZZ_SEED} on; {@code generated} gives so many generated inputs.
 */
public final class FuzzMain {
    private static Target target = input -> {};

    private FuzzMain() {}

    /** Chooses the target. */
    public static void main(String[] unused) {
        ToolSys sys = new TeaVmToolSys();
        String name = variable(sys, "PINTLE_FUZZ=");
        if (name.equals("worlds")) {
            long seed = Long.parseLong(variable(sys, "PINTLE_FUZZ_SEED="));
            sys.exit(NativeWorlds.play(sys, seed, Long.parseLong(variable(sys, "PINTLE_FUZZ_COUNT="))));
        }
        if (name.equals("generated")) {
            long seed = Long.parseLong(variable(sys, "PINTLE_FUZZ_SEED="));
            sys.exit(Generated.give(sys, seed, Long.parseLong(variable(sys, "PINTLE_FUZZ_COUNT="))));
        }
        if (name.isEmpty()) {
            // What is fuzzed is the whole program, and not only as much of it as the targets call.
            sys.exit(MultiCall.run(sys));
        }
        target = find(name, sys);
        handOver(Function.get(Taker.class, FuzzMain.class, "take"));
    }

    private static Target find(String name, ToolSys sys) {
        return switch (name) {
            case "layout" -> new LayoutTarget();
            case "control" -> new ControlTarget();
            case "log" -> new RenderingTarget();
            case "variables" -> new VariablesTarget();
            case "accounts" -> new AccountsTarget();
            case "answer" -> new AnswerTarget();
            case "gzip" -> new GunzipTarget(sys);
            default -> throw new IllegalArgumentException("there is no target '" + name + "'");
        };
    }

    private static String variable(ToolSys sys, String start) {
        for (String variable : sys.environment()) {
            if (variable.startsWith(start)) {
                return variable.substring(start.length());
            }
        }
        return "";
    }

    /** A function that a fuzzer calls for each input. */
    private abstract static class Taker extends Function {
        abstract void call(Address data, int size);
    }

    @Import(name = "fuzz_handOver")
    private static native void handOver(Taker taker);

    private static void take(Address data, int size) {
        byte[] input = new byte[size];
        for (int i = 0; i < size; i++) {
            input[i] = data.add(i).getByte();
        }
        target.take(input);
    }
}
