package dev.pintle.web.xmlrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls and responses: as clients write them, as they must not be, and back. */
final class XmlRpcTest {
    private static MethodCall call(String params) throws MalformedXmlException {
        return RpcReader.call("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<methodCall>\n<methodName>a.b</methodName>\n"
                + params + "\n</methodCall>\n");
    }

    private static Object value(String inside) throws MalformedXmlException {
        MethodCall call = call("<params><param><value>" + inside + "</value></param></params>");
        assertEquals(1, call.values().size());
        return call.values().get(0);
    }

    private static void isRefused(String text) {
        assertThrows(MalformedXmlException.class, () -> RpcReader.call(text), text);
    }

    private static void isRefusedInside(String inside) {
        isRefused("<methodCall><methodName>a</methodName><params><param><value>" + inside
                + "</value></param></params></methodCall>");
    }

    @Test
    void eachTypeIsRead() throws MalformedXmlException {
        assertEquals(-7L, value("<int> -7\n</int>"));
        assertEquals(7L, value("<i4>+7</i4>"));
        assertEquals(1L << 40, value("<i8>1099511627776</i8>"));
        assertEquals(true, value("<boolean>1</boolean>"));
        assertEquals(false, value("<boolean>0</boolean>"));
        assertEquals(new Decimal("-2.5"), value("<double>-2.5</double>"));
        assertEquals(" a\n ", value("<string> a\n </string>"));
        assertEquals("", value("<string/>"));
        assertEquals(
                new DateTime("20261130T09:22:07"), value("<dateTime.iso8601>20261130T09:22:07</dateTime.iso8601>"));
        assertEquals("a\u00ff".substring(0, 1), value("<base64>YQ==</base64>"));
        assertEquals(Nil.NIL, value("<nil/>"));
        assertEquals(Nil.NIL, value("\n<ex:nil></ex:nil>\n".replace("ex:", "")));
        assertEquals(List.of(), value("<array><data/></array>"));
        assertEquals(List.of(1L, List.of("x")), value("""
                <array>
                  <data>
                    <value><int>1</int></value>
                    <value><array><data><value>x</value></data></array></value>
                  </data>
                </array>"""));
        assertEquals(Map.of(), value("<struct/>"));
        assertEquals(Map.of("a", "1", "b", Map.of("c", 2L)), value("""
                <struct>
                  <member><name>a</name><value><string>1</string></value></member>
                  <member><name>b</name><value><struct><member><name>c</name><value><i4>2</i4></value></member></struct></value></member>
                </struct>"""));
    }

    /** A value without a type is a string, blanks and all. */
    @Test
    void untypedIsAString() throws MalformedXmlException {
        assertEquals("x", value("x"));
        assertEquals("  ", value("  "));
        assertEquals("", value(""));
        assertEquals(
                "",
                RpcReader.call(
                                "<methodCall><methodName>a</methodName><params><param><value/></param></params></methodCall>")
                        .values()
                        .get(0));
    }

    @Test
    void charactersAreReadInEachForm() throws MalformedXmlException {
        assertEquals("<>&\"'", value("&lt;&gt;&amp;&quot;&apos;"));
        assertEquals("\u00e9\ud83d\ude00", value("&#233;&#x1F600;"));
        assertEquals("a<b>&amp;c", value("a<![CDATA[<b>&amp;]]>c"));
        assertEquals("ab", value("a<!-- <b> -->b"));
        assertEquals("ab", value("a<?target data?>b"));
        assertEquals(1L, value("<int note='a > b' other=\"'>\" >1</int >"));
    }

    @Test
    void argumentsMayBeLeftOut() throws MalformedXmlException {
        assertEquals(List.of(), call("").values());
        assertEquals(List.of(), call("<params/>").values());
        assertEquals("a.b", call("<params></params>").method());
        assertEquals(
                "x",
                RpcReader.call("\ufeff<methodCall><methodName> x </methodName></methodCall>")
                        .method());
    }

    @Test
    void whatIsNoCallIsRefused() {
        for (String text : List.of(
                "",
                "x",
                "<",
                "<methodCall>",
                "<methodCall/>",
                "<methodCall><methodName/></methodCall>",
                "<methodCall><methodName> </methodName></methodCall>",
                "<methodCall><methodName>a</methodName></methodCall>x",
                "<methodCall><methodName>a</methodName></methodCall><methodCall/>",
                "<methodCall><methodName>a</methodName><params>",
                "<methodCall><methodName>a</methodName><params>x</params></methodCall>",
                "<methodCall><methodName>a</methodNam></methodCall>",
                "<methodCall><methodName>a<b/></methodName></methodCall>",
                "<methodCall a='><methodName>a</methodName></methodCall>",
                "<methodResponse><params/></methodResponse>",
                "<!DOCTYPE x [<!ENTITY a 'b'>]><methodCall><methodName>a</methodName></methodCall>")) {
            isRefused(text);
        }
        for (String inside : List.of(
                "<int>x</int>",
                "<int></int>",
                "<int>99999999999999999999</int>",
                "<double>x</double>",
                "<double>1.2.3</double>",
                "<double>-</double>",
                "<dateTime.iso8601>2026</dateTime.iso8601>",
                "<dateTime.iso8601>2026113009:22:07T</dateTime.iso8601>",
                "<base64>!</base64>",
                "<base64>A</base64>",
                "<number>1</number>",
                "x<int>1</int>",
                "<int>1</int>x",
                "<int>1</int><int>2</int>",
                "<array/>",
                "<array><value>1</value></array>",
                "<array><data>x</data></array>",
                "<struct><member><value>1</value></member></struct>",
                "<struct><member><name>a</name></member></struct>",
                "&nbsp;",
                "&#xd800;",
                "&#x110000;",
                "&#;",
                "&#x;",
                "&#12a;",
                "a & b",
                "<![CDATA[",
                "<!-- ")) {
            isRefusedInside(inside);
        }
    }

    @Test
    void depthIsBounded() throws MalformedXmlException {
        String begin = "<array><data><value>";
        String end = "</value></data></array>";
        value(begin.repeat(32) + end.repeat(32));
        isRefusedInside(begin.repeat(33) + end.repeat(33));
        isRefusedInside(begin.repeat(20_000));
    }

    @Test
    void bytesAreRead() throws MalformedXmlException {
        for (int length = 0; length < 20; length++) {
            String text = "x\u00e9z".repeat(length).substring(0, length);
            String coded = Base64.getMimeEncoder(4, new byte[] {'\r', '\n'})
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(text, value("<base64>\n" + coded + "\n</base64>"));
        }
    }

    @Test
    void faultsAreRead() {
        FaultException fault = assertThrows(
                FaultException.class,
                () -> RpcReader.response(RpcWriter.fault(new FaultException(10, "BAD_NAME: <x>"))));
        assertEquals(10, fault.code);
        assertEquals("BAD_NAME: <x>", fault.text());
    }

    @Test
    void responsesAreWrittenAsPythonDoes() {
        assertEquals("""
                <?xml version='1.0'?>
                <methodResponse>
                <params>
                <param>
                <value><string>3.0</string></value>
                </param>
                </params>
                </methodResponse>
                """, RpcWriter.response("3.0"));
        assertEquals("""
                <?xml version='1.0'?>
                <methodCall>
                <methodName>a</methodName>
                <params>
                <param>
                <value><array><data>
                <value><int>1</int></value>
                </data></array></value>
                </param>
                </params>
                </methodCall>
                """, RpcWriter.call("a", List.of(List.of(1L))));
    }

    /** A log may have any bytes. */
    @Test
    void whatXmlHasNotBecomesVisible() {
        String written = RpcWriter.response("a\u0000\u001b\u0008\udcff\ufffe\ud83d\ude00b");
        assertTrue(written.contains("<string>a\ufffd\ufffd\ufffd\ufffd\ufffd\ud83d\ude00b</string>"), written);
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedXmlException, FaultException {
        for (long seed = 0; seed < 2_000; seed++) {
            Object value = random(new Random(seed), 4);
            assertEquals(value, RpcReader.response(RpcWriter.response(value)), "seed " + seed);
            assertEquals(
                    List.of(value),
                    RpcReader.call(RpcWriter.call("a", List.of(value))).values());
        }
    }

    /** Whatever is changed in a call, it is read or refused, and nothing else happens. */
    @Test
    void whatIsBrokenIsRefused() {
        int refused = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(RpcWriter.call("a.b", List.of(random(random, 3))));
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at, Math.min(text.length(), at + random.nextInt(3)), "<>/&;a".substring(random.nextInt(6)));
            }
            try {
                RpcReader.call(text.toString());
            } catch (MalformedXmlException e) {
                refused++;
            }
        }
        assertTrue(refused > 2_000, () -> "few are refused");
    }

    private static Object random(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> (long) random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> new Decimal("" + random.nextInt(1000) / 8.0);
            case 4 -> text(random);
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), random(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        String characters = "ab <>&'\"\n\t\r]]>\u00e9\u20ac";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
