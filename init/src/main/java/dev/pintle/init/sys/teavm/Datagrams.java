package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Datagrams with who has sent them (unix(7), cmsg(3)). */
final class Datagrams {
    /** CMSG_SPACE of a {@code struct ucred}, with no room for descriptors that come along: the kernel drops those. */
    private static final int CONTROL_SIZE = 32;
    /** Of 64-bit machines, as CMSG_DATA has it. */
    private static final int DATA_AT = 16;

    private static final Msghdr MESSAGE = zeroed(Structure.sizeOf(Msghdr.class)).toStructure();
    private static final Iovec PLACE = zeroed(Structure.sizeOf(Iovec.class)).toStructure();
    private static final Address CONTROL = zeroed(CONTROL_SIZE);
    private static final Address ONE = StdlibH.malloc(4);

    private Datagrams() {}

    private static Address zeroed(int size) {
        return StdlibH.calloc(1, size);
    }

    /** Has the kernel say of each datagram who has sent it. */
    static int askForSenders(int socket) {
        ONE.putInt(1);
        return ErrnoH.result(
                SysSocketH.setsockopt(socket, SysSocketH.SOL_SOCKET, SysSocketH.SO_PASSCRED, ONE, Integer.BYTES));
    }

    static int receive(int socket, byte[] buffer, int offset, int length, Peer sender) {
        sender.pid = -1;
        sender.userId = -1;
        if (offset < 0 || length < 0 || length > buffer.length - offset) {
            return -Errno.EINVAL;
        }
        PLACE.iov_len = length;
        MESSAGE.msg_iov = PLACE.toAddress();
        MESSAGE.msg_iovlen = 1;
        MESSAGE.msg_control = CONTROL;
        int result;
        do {
            MESSAGE.msg_controllen = CONTROL_SIZE;
            PLACE.iov_base = Address.ofData(buffer).add(offset);
            result = ErrnoH.result(SysSocketH.recvmsg(socket, MESSAGE.toAddress(), 0));
        } while (result == -Errno.EINTR);
        if (result >= 0) {
            readSender(sender);
        }
        return result;
    }

    private static void readSender(Peer sender) {
        Cmsghdr header = CONTROL.toStructure();
        boolean there = MESSAGE.msg_controllen >= DATA_AT + Structure.sizeOf(Ucred.class)
                && header.cmsg_level == SysSocketH.SOL_SOCKET
                && header.cmsg_type == SysSocketH.SCM_CREDENTIALS;
        if (there) {
            Ucred credentials = CONTROL.add(DATA_AT).toStructure();
            sender.pid = credentials.pid;
            sender.userId = credentials.uid;
        }
    }
}
