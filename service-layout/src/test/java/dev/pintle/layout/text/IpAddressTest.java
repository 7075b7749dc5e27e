package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numeric addresses, against the JDK's own reading of them. */
class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "10.20.30.40",
                "::1",
                "::",
                "[::1]",
                "fe80::1:2",
                "2001:db8:0:1:1:1:1:1",
                "2001:DB8::8:800:200C:417A",
                "1::",
                "ff01::101",
                "::2:3"
            })
    void readsWhatTheJdkReads(String text) throws UnknownHostException {
        assertArrayEquals(InetAddress.getByName(text).getAddress(), IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                ".1.2.3",
                "a.b.c.d",
                "1.2.3.4 ",
                "example.com",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::g",
                "[127.0.0.1]",
                "::1:",
                "[::1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertNull(IpAddress.parse(text));
    }
}
