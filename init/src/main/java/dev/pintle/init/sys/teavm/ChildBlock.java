package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.layout.ProcessSettings.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * A {@link ChildSpec} as the kernel takes it, in one block of memory outside the heap: the {@link ChildPlan}, pointers,
 * numbers, then bytes. While the block grows, and may move, the pointers are offsets from its beginning; offset 0 is no
 * string.
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
    /** The next slot, counted from the beginning of the block. */
    private int slots;

    private boolean refused;

    /** Encodes; 0, or a negated errno, and nothing to free then. */
    int encode(ChildSpec child) {
        Address own = child.inheritsEnvironment ? UnistdH.environ() : NOTHING;
        int first = Structure.sizeOf(ChildPlan.class) / Address.sizeOf() + 1;
        int pointers = first
                + child.programs.size()
                + child.arguments.size()
                + child.environment.size()
                + NativeStrings.count(own)
                + 8;
        int numbers = pointers * Address.sizeOf();
        int table = numbers + sizeOfNumbers(child);
        int buckets = Integer.highestOneBit(child.environment.size() + 1) * 4;
        used = 0;
        refused = false;
        if (!reserve(table + buckets * ChildPlan.INT)) {
            return -Errno.ENOMEM;
        }
        used = table + buckets * ChildPlan.INT;
        slots = first;
        int programs = putAll(child.programs);
        int arguments = putAll(child.arguments);
        int directory = put(child.directory);
        int stdoutFile = put(child.stdoutFile);
        int stderrFile = put(child.stderrFile);
        int oomScoreAdj = putNumber(child.resources.oomScoreAdj());
        int environment = slots;
        boolean tellsPid = child.sockets.length > 0;
        if (tellsPid) {
            put(PID_VARIABLE + NO_PID);
        }
        putAll(child.environment);
        if (refused) {
            free();
            return -ErrnoH.E2BIG;
        }
        resolve(first);
        ChildPlan plan = plan();
        plan.programs = slot(programs);
        plan.arguments = slot(arguments);
        plan.directory = slot(directory).getAddress();
        plan.stdoutFile = slot(stdoutFile).getAddress();
        plan.stderrFile = slot(stderrFile).getAddress();
        plan.oomScoreAdj = slot(oomScoreAdj).getAddress();
        plan.environment = slot(environment);
        plan.listenPid = tellsPid ? slot(environment).getAddress().add(PID_VARIABLE.length()) : NativeStrings.NULL;
        if (child.inheritsEnvironment) {
            inherit(own, environment, base.add(table), buckets - 1);
        }
        putNumbers(child, base.add(numbers));
        return 0;
    }

    /** What was encoded, until the next call. */
    ChildPlan plan() {
        return base.toStructure();
    }

    private static int sizeOfNumbers(ChildSpec child) {
        int groups = child.groups == null ? 0 : child.groups.length;
        return child.resources.limits().size() * ChildPlan.LIMIT_SIZE
                + (groups + 2 * mostDescriptors(child)) * ChildPlan.INT;
    }

    private static int mostDescriptors(ChildSpec child) {
        return ChildPlan.STANDARD + child.sockets.length + 1;
    }

    private void putNumbers(ChildSpec child, Address numbers) {
        ChildPlan plan = plan();
        plan.foreground = child.foreground;
        plan.blocksSignals = child.blocksSignals;
        plan.stderrToStdout = child.stderrToStdout;
        plan.noNewPrivileges = child.noNewPrivileges;
        plan.userId = child.userId;
        plan.groupId = child.groupId;
        plan.umask = child.umask;
        plan.nice = child.resources.nice();
        plan.capabilitiesDropped = child.capabilities.drop();
        plan.capabilitiesKept = child.capabilities.add();

        Address next = numbers;
        plan.limits = next;
        List<Limit> limits = child.resources.limits();
        plan.limitCount = limits.size();
        for (int i = 0; i < plan.limitCount; i++) {
            Limit limit = limits.get(i);
            next.putLong(limit.resource().number());
            next.add(ChildPlan.LONG).putLong(limit.soft());
            next.add(2 * ChildPlan.LONG).putLong(limit.hard());
            next = next.add(ChildPlan.LIMIT_SIZE);
        }
        plan.groups = next;
        int[] groups = child.groups;
        plan.groupCount = -1;
        if (groups != null) {
            plan.groupCount = groups.length;
            for (int group : groups) {
                next.putInt(group);
                next = next.add(ChildPlan.INT);
            }
        }
        putDescriptors(child, next);
    }

    private void putDescriptors(ChildSpec child, Address numbers) {
        ChildPlan plan = plan();
        plan.sources = numbers;
        plan.targets = numbers.add(mostDescriptors(child) * ChildPlan.INT);
        plan.descriptorCount = 0;
        connect(child.stdin, 0);
        connect(child.stdout, 1);
        connect(child.stderr, 2);
        for (int i = 0; i < child.sockets.length; i++) {
            connect(child.sockets[i], ChildSpec.FIRST_SOCKET + i);
        }
        if (child.extraTarget >= 0) {
            connect(child.extraSource, child.extraTarget);
        }
    }

    private void connect(int source, int target) {
        ChildPlan plan = plan();
        int at = plan.descriptorCount++ * ChildPlan.INT;
        plan.sources.add(at).putInt(source);
        plan.targets.add(at).putInt(target);
    }

    /**
     * Has the environment, which is last, go on with init's own, as it lies in init's memory: it is not copied. What has a
     * name alone is left out.
     */
    private void inherit(Address own, int environment, Address table, int mask) {
        int changes = slots - 1;
        Address.fillZero(table, (mask + 1) * ChildPlan.INT);
        for (int i = environment; i < changes; i++) {
            bucket(table, mask, slot(i).getAddress()).putInt(i);
        }
        int end = changes;
        for (Address next = own; next.getLong() != 0; next = next.add(Address.sizeOf())) {
            if (bucket(table, mask, next.getAddress()).getInt() == 0) {
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

    /**
     * Where a table has the slot of the change of that name, or has room for it: there may be thousands of both, so that to compare
     * each with each would take long.
     */
    private Address bucket(Address table, int mask, Address variable) {
        int at = 0;
        for (int i = 0; !endsName(variable.add(i)); i++) {
            at = at * 31 + variable.add(i).getByte();
        }
        Address bucket = table.add((at & mask) * ChildPlan.INT);
        while (bucket.getInt() != 0 && !isSame(slot(bucket.getInt()).getAddress(), variable)) {
            at++;
            bucket = table.add((at & mask) * ChildPlan.INT);
        }
        return bucket;
    }

    private static boolean isSame(Address change, Address variable) {
        int at = 0;
        while (change.add(at).getByte() == variable.add(at).getByte() && !endsName(variable.add(at))) {
            at++;
        }
        return endsName(variable.add(at)) && endsName(change.add(at));
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

    /** The digits of a number; nothing for what is inherited. */
    private int putNumber(int number) {
        return put(number == ChildSpec.INHERITED ? null : Integer.toString(number));
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

    private void resolve(int first) {
        for (int i = first; i < slots; i++) {
            long offset = slot(i).getLong();
            if (offset != 0) {
                slot(i).putLong(base.toLong() + offset);
            }
        }
    }
}
