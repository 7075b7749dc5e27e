package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.teavm.TeaVmToolSys;
import org.teavm.interop.Address;
import org.teavm.interop.Function;
import org.teavm.interop.Import;

/** What a fuzzer's program begins with: it returns, and the fuzzer then calls {@link #take} with each request. */
public final class FuzzMain {
    private FuzzMain() {}

    /** Hands over what takes requests. */
    public static void main(String[] unused) {
        ToolSys sys = new TeaVmToolSys();
        if (!sys.environment().contains("PINTLE_FUZZ=http")) {
            // What is fuzzed is the whole program, and not only as much of it as the target calls.
            sys.exit(Commands.run(sys));
        }
        handOver(Function.get(Taker.class, FuzzMain.class, "take"));
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
        HttpRequest request = HttpRequest.parse(RawText.decode(input, 0, input.length));
        if (request != null) {
            new Routes().of(request.segments());
            request.parameter("name");
            Escapes.field(request.body(), "name");
            Base64.decode(request.header("authorization"));
            PasswordHash.parse(request.query());
        }
    }
}
