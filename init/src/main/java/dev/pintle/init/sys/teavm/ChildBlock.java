package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;

/**
 * The strings of a {@link ChildSpec} as the kernel takes them, in one block of memory outside the heap: pointers first,
 * then bytes. While the block grows, and may move, the pointers are offsets from its beginning; offset 0 is no string.
 *
 * <p>A block of the usual size is kept for the next child: every page that free and malloc write to between two forks is
 * one more that the kernel has to copy.
 */
final class ChildBlock {
    /** Below the 6 MiB that Linux takes at most for arguments and environment (execve(2)), with room for the rest. */
    private static final int MOST = 1 << 23;

    private static final int USUAL_SIZE = 4096;

    private static final String PID_VARIABLE = "LISTEN_PID=";
    /** Room for the digits of any pid. */
    private static final String NO_PID = "0000000000";

    /** No strings: an array of no pointers, and its end. */
    private static final Address NOTHING = ChildSetUp.zeroed(8);

    private Address base = NativeStrings.NULL;
    private int capacity;
    private int used;
    private int slots;
    private boolean refused;

    private int programs;
    private int arguments;
    private int environment;
    /** The slot of {@code LISTEN_PID}, or -1. */
    private int pidVariable;

    private int directory;
    private int stdoutFile;
    private int stderrFile;
    private int oomScoreAdj;

    /** Encodes; 0, or a negated errno, and nothing to free then. */
    int encode(ChildSpec child) {
        Address own = child.inheritsEnvironment ? UnistdH.environ() : NOTHING;
        int pointers = child.programs.size()
                + child.arguments.size()
                + child.environment.size()
                + NativeStrings.count(own)
                + 8;
        used = 0;
        slots = 0;
        refused = false;
        if (!reserve(pointers * Address.sizeOf())) {
            return -Errno.ENOMEM;
        }
        used = pointers * Address.sizeOf();
        programs = putAll(child.programs);
        arguments = putAll(child.arguments);
        directory = put(child.directory);
        stdoutFile = put(child.stdoutFile);
        stderrFile = put(child.stderrFile);
        oomScoreAdj = put(child.oomScoreAdj == ChildSpec.INHERITED ? null : Integer.toString(child.oomScoreAdj));
        environment = slots;
        pidVariable = child.sockets.length > 0 ? put(PID_VARIABLE + NO_PID) : -1;
        putAll(child.environment);
        if (refused) {
            free();
            return -ErrnoH.E2BIG;
        }
        resolve();
        if (child.inheritsEnvironment) {
            inherit(own);
        }
        return 0;
    }

    /**
     * Has the environment, which is last, go on with init's own, as it lies in init's memory: it is not copied. What has a
     * name alone is left out.
     */
    private void inherit(Address own) {
        int changes = slots - 1;
        int end = changes;
        for (Address next = own; next.getLong() != 0; next = next.add(Address.sizeOf())) {
            if (!isChanged(next.getAddress(), changes)) {
                slot(end++).putAddress(next.getAddress());
            }
        }
        int kept = environment;
        for (int i = environment; i < end; i++) {
            Address variable = slot(i).getAddress();
            if (i >= changes || variable.add(nameLength(variable)).getByte() != 0) {
                slot(kept++).putAddress(variable);
            }
        }
        slot(kept).putLong(0);
    }

    private boolean isChanged(Address variable, int changes) {
        for (int i = environment; i < changes; i++) {
            Address change = slot(i).getAddress();
            int at = 0;
            while (change.add(at).getByte() == variable.add(at).getByte() && !endsName(variable.add(at))) {
                at++;
            }
            if (endsName(variable.add(at)) && endsName(change.add(at))) {
                return true;
            }
        }
        return false;
    }

    private static int nameLength(Address variable) {
        int length = 0;
        while (!endsName(variable.add(length))) {
            length++;
        }
        return length;
    }

    private static boolean endsName(Address at) {
        return at.getByte() == '=' || at.getByte() == 0;
    }

    void free() {
        if (capacity > USUAL_SIZE) {
            StdlibH.free(base);
            base = NativeStrings.NULL;
            capacity = 0;
        }
    }

    /** Paths to try, ending with null. */
    Address programs() {
        return slot(programs);
    }

    /** The argument vector, ending with null. */
    Address arguments() {
        return slot(arguments);
    }

    /** The environment, ending with null. */
    Address environment() {
        return slot(environment);
    }

    /** The working directory, or null. */
    Address directory() {
        return slot(directory).getAddress();
    }

    /** The file of standard output, or null. */
    Address stdoutFile() {
        return slot(stdoutFile).getAddress();
    }

    /** The file of standard error, or null. */
    Address stderrFile() {
        return slot(stderrFile).getAddress();
    }

    /** The decimal digits for oom_score_adj, or null. */
    Address oomScoreAdj() {
        return slot(oomScoreAdj).getAddress();
    }

    /** Called by the child: writes the digits of its pid into {@code LISTEN_PID}, in the child's copy of the page. */
    void notePid(int pid) {
        int digits = 1;
        for (int rest = pid / 10; rest > 0; rest /= 10) {
            digits++;
        }
        Address value = slot(pidVariable).getAddress().add(PID_VARIABLE.length());
        value.add(digits).putByte((byte) 0);
        int rest = pid;
        for (int i = digits - 1; i >= 0; i--) {
            value.add(i).putByte((byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private Address slot(int index) {
        return base.add(index * Address.sizeOf());
    }

    private int putAll(List<String> texts) {
        int first = slots;
        for (int i = 0; i < texts.size(); i++) {
            put(texts.get(i));
        }
        put(null);
        return first;
    }

    private int put(@Nullable String text) {
        int offset = text == null ? 0 : append(RawText.encode(text));
        slot(slots).putLong(offset);
        return slots++;
    }

    private int append(byte[] bytes) {
        if (!reserve(bytes.length + 1)) {
            refused = true;
            return 0;
        }
        int offset = used;
        NativeStrings.copy(bytes, base.add(offset));
        used += bytes.length + 1;
        return offset;
    }

    private boolean reserve(int size) {
        if (size > MOST - used) {
            return false;
        }
        if (used + size > capacity) {
            int larger = Math.max(Math.max(capacity * 2, USUAL_SIZE), used + size);
            Address moved = StdlibH.realloc(base, larger);
            if (moved == null) {
                return false;
            }
            base = moved;
            capacity = larger;
        }
        return true;
    }

    private void resolve() {
        for (int i = 0; i < slots; i++) {
            long offset = slot(i).getLong();
            if (offset != 0) {
                slot(i).putLong(base.toLong() + offset);
            }
        }
    }
}
