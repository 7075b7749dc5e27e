package dev.pintle.init.sys.remote;

/** The methods of {@link dev.pintle.init.sys.Sys} that cross the pipe. */
enum Call {
    MONOTONIC_MILLIS,
    WALL_CLOCK_MILLIS,
    PID,
    USER_ID,
    ARGUMENTS,
    ENVIRONMENT,
    SPAWN,
    ADOPT_ORPHANS,
    PEEK_ENDED,
    RELEASE,
    KILL,
    CHILDREN,
    OPEN_SIGNALS,
    NEXT_SIGNAL,
    POLL,
    PIPE,
    READ,
    WRITE,
    CLOSE,
    IS_TERMINAL,
    OPEN_FOR_READING,
    STAT,
    LIST,
    MAY_EXECUTE,
    CHANGE_OWNER,
    MAKE_DIRECTORY,
    REMOVE,
    LISTEN_LOCAL,
    STOP_LISTENING,
    CONNECT_LOCAL,
    ACCEPT,
    PEER_USER_ID,
    RECEIVE_DATAGRAMS,
    LISTEN_TCP,
    TRY_TCP,
    EXIT;

    static final Call[] ALL = values();
}
