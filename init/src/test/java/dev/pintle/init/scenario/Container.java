package dev.pintle.init.scenario;

import org.jspecify.annotations.Nullable;

/** A container in which a scenario is played, as seen from outside. Nothing here waits. */
public interface Container {
    /** Milliseconds, of whatever clock it lives by. */
    long now();

    /** Has the steps be looked at again at a time, though nothing happens. */
    void wakeAt(long time);

    /** What the init has written to standard error. */
    String messages();

    /** What the processes have written to standard output. */
    String output();

    /** The exit code, or -1 while it runs. */
    int exitCode();

    /** Sends the init a signal. */
    void signal(int number);

    /** Connects to the control socket; null where nobody listens. */
    @Nullable
    Client connect();

    /** Makes a file of the layout, in place of one that is there. */
    void put(String path, String text);

    /** Removes a file of the layout. */
    void remove(String path);

    /** Whether a process that has ended waits to be reaped by the init. */
    boolean hasZombies();

    /** A connection to the control socket. */
    interface Client {
        /** Sends a line. */
        void send(String line);

        /** All that has come. */
        String received();

        /** Hangs up. */
        void close();
    }
}
