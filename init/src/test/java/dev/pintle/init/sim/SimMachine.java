package dev.pintle.init.sim;

import java.util.List;

/** What kind of machine the supervisor finds itself on. */
final class SimMachine {
    /** The supervisor's own. */
    int pid = 1;
    /** The supervisor's own. */
    int userId;
    /** Pids are smaller; a small space shows what happens when they are used again. */
    int pidLimit = 64;
    /** How many descriptors the supervisor may have. */
    int descriptorLimit = 256;
    /** How often it may wait before the simulation ends it. */
    int pollLimit = 20_000;
    /** How much can be written to standard output and error each: nobody reads them. */
    int outputCapacity = Integer.MAX_VALUE;
    /** Whether a process that is not PID 1 may become a subreaper. */
    boolean adoptionRefused;

    /** Processes that are not the supervisor's: the host's, or those of docker exec. They come and go. */
    int strangers;

    List<String> arguments = List.of("/init");
    List<String> environment = List.of("PATH=/usr/bin:/bin");
}
