package dev.pintle.init.sys.teavm;

import java.util.List;
import org.teavm.interop.Address;

/**
 * The arguments and environment as the kernel laid them down on the stack (System V ABI, "Initial Stack"): argc, the
 * argument pointers, a null, the environment pointers, a null.
 *
 * <p>TeaVM's own copy of the arguments is of no use: it leaves out the program's name and decodes by the locale, which
 * loses bytes. Only {@code environ} is known, and the words before it are walked back to argc: the one word that equals
 * the number of pointers walked over. No pointer can be so small.
 */
final class StartMemory {
    /** Far more than the kernel accepts (MAX_ARG_STRINGS is larger, but not the memory for them). */
    private static final int MOST_ARGUMENTS = 1 << 22;

    private final Address environment = UnistdH.environ();

    List<String> environment() {
        return NativeStrings.readAll(environment);
    }

    List<String> arguments() {
        Address word = environment.add(-2 * Address.sizeOf());
        for (int count = 0; count < MOST_ARGUMENTS; count++) {
            if (word.getLong() == count) {
                return NativeStrings.readAll(word.add(Address.sizeOf()));
            }
            word = word.add(-Address.sizeOf());
        }
        return List.of();
    }
}
