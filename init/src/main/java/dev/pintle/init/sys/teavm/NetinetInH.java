package dev.pintle.init.sys.teavm;

/** {@code <netinet/in.h>}. */
final class NetinetInH {
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;

    private NetinetInH() {}
}
