package dev.pintle.init.sys;

/**
 * What proc(5) tells of processes to everybody. Nothing of it can be relied on: there may be no {@code /proc}, it may hide what is
 * other users', or it may be that of another pid namespace, whose numbers mean other processes; that one counts as none.
 */
public final class ProcFiles {
    private static final int LARGEST_STATUS = 4096;
    /** Bytes of the variables of a process that are looked at: a container has far fewer. */
    private static final int LARGEST_ENVIRONMENT = 1 << 15;
    /** Before the pids of a process in its namespaces, a tab before each. */
    private static final String NAMESPACE_PIDS = "\nNSpid:";
    /** The number of a mount and that of the one it is on stand first. */
    private static final int START_OF_MOUNTS = 64;
    /** Deeper than any service's helpers are; a bound, as pids that are used again could make a circle. */
    private static final int DEEPEST = 64;

    private final Sys sys;
    private final boolean usable;

    /** Those of the kernel behind {@code sys}. */
    public ProcFiles(Sys sys) {
        this.sys = sys;
        usable = ProcStat.of(sys, "self").isOf(sys.pid());
    }

    /** The user of a process; -1 where it is not known. */
    public int userOf(int pid) {
        FileFacts facts = new FileFacts();
        return usable && sys.stat("/proc/" + pid, facts) >= 0 ? facts.userId : -1;
    }

    /** The parent of a process; 0 for none in this pid namespace, and where it is not known. */
    public int parentOf(int pid) {
        return usable ? (int) ProcStat.of(sys, Integer.toString(pid)).number(ProcStat.PARENT) : 0;
    }

    /** In how many pid namespaces a process is, from this one down: 1 for one of this; 0 where it is not known. */
    public int namespacesOf(int pid) {
        String text = usable
                ? Files.read(sys, "/proc/" + pid + "/status", LARGEST_STATUS).text()
                : null;
        int at = text == null ? -1 : text.indexOf(NAMESPACE_PIDS);
        int count = 0;
        for (int i = at + 1; text != null && at >= 0 && i < text.length() && text.charAt(i) != '\n'; i++) {
            count += text.charAt(i) == '\t' ? 1 : 0;
        }
        return count;
    }

    /** Whether a process is known to be below another one. */
    public boolean descends(int pid, int ancestor) {
        int at = parentOf(pid);
        for (int i = 0; i < DEEPEST && at > 0; i++) {
            if (at == ancestor) {
                return true;
            }
            at = parentOf(at);
        }
        return false;
    }

    /** Whether a process is known to have other mounts than this one: that of its root is another. */
    public boolean hasOtherMounts(int pid) {
        String own = usable ? rootMount("self") : "";
        String its = usable ? rootMount(Integer.toString(pid)) : "";
        return !own.isEmpty() && !its.isEmpty() && !own.equals(its);
    }

    private String rootMount(String process) {
        String text = Files.read(sys, "/proc/" + process + "/mountinfo", START_OF_MOUNTS)
                .text();
        int end = text == null ? -1 : text.indexOf(' ');
        return text == null || end < 0 ? "" : text.substring(0, end);
    }

    /**
     * A variable that a process was started with; empty where it has none, where it has written over them, or where they are not
     * for us to see: another user's are not, without CAP_SYS_PTRACE.
     */
    public static String variable(Sys sys, int pid, String name) {
        String text = "\0"
                + Files.read(sys, "/proc/" + pid + "/environ", LARGEST_ENVIRONMENT)
                        .text();
        String start = "\0" + name + "=";
        int at = text.indexOf(start);
        int end = at < 0 ? -1 : text.indexOf('\0', at + 1);
        return end < 0 ? "" : text.substring(at + start.length(), end);
    }

    /** The number of a namespace of this process (namespaces(7)); 0 where it is not known. */
    public static long namespace(Sys sys, String kind) {
        FileFacts facts = new FileFacts();
        return sys.stat("/proc/self/ns/" + kind, facts) >= 0 ? facts.inode : 0;
    }
}
