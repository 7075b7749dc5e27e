package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.RUNTIME;

import dev.pintle.init.sys.Peer;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/** Datagrams with who has sent them (unix(7), cmsg(3)), as the structures of 64-bit Linux lie in memory. */
final class Datagrams {
    private static final int MESSAGE_SIZE = 56;
    private static final int MESSAGE_PLACES = 16;
    private static final int MESSAGE_PLACE_COUNT = 24;
    private static final int MESSAGE_CONTROL = 32;
    private static final int MESSAGE_CONTROL_SIZE = 40;
    /** With no room for descriptors that come along: the kernel drops those. */
    private static final int CONTROL_SIZE = 32;

    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CREDENTIALS_PID = 16;
    private static final int CREDENTIALS_USER = 20;
    private static final int CREDENTIALS_END = 28;

    private Datagrams() {}

    static int receive(int socket, byte[] buffer, int offset, int length, Peer sender) {
        sender.pid = -1;
        sender.userId = -1;
        Pointer data = Memory.allocateDirect(RUNTIME, Math.max(1, length), true);
        Pointer place = Memory.allocateDirect(RUNTIME, 16, true);
        place.putAddress(0, data.address());
        place.putLong(8, length);
        Pointer control = Memory.allocateDirect(RUNTIME, CONTROL_SIZE, true);
        Pointer message = Memory.allocateDirect(RUNTIME, MESSAGE_SIZE, true);
        message.putAddress(MESSAGE_PLACES, place.address());
        message.putLong(MESSAGE_PLACE_COUNT, 1);
        message.putAddress(MESSAGE_CONTROL, control.address());
        message.putLong(MESSAGE_CONTROL_SIZE, CONTROL_SIZE);
        long got = LIBC.recvmsg(socket, message, 0);
        if (got < 0) {
            return LibC.negatedErrno();
        }
        data.get(0, buffer, offset, (int) got);
        boolean there = message.getLong(MESSAGE_CONTROL_SIZE) >= CREDENTIALS_END
                && control.getInt(CONTROL_LEVEL) == LibC.SOL_SOCKET
                && control.getInt(CONTROL_TYPE) == LibC.SCM_CREDENTIALS;
        if (there) {
            sender.pid = control.getInt(CREDENTIALS_PID);
            sender.userId = control.getInt(CREDENTIALS_USER);
        }
        return (int) got;
    }
}
