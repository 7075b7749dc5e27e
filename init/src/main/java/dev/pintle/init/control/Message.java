package dev.pintle.init.control;

import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request or reply: an object of the protocol, with typed access that takes anything for granted but its being one. */
public final class Message {
    /** The version of the protocol; a request of another is refused. */
    public static final long VERSION = 1;

    private static final String VERSION_KEY = "pintle";
    /** What follows the name of a member that has another one's bytes. */
    private static final String BYTES = "_bytes";

    private static final String HEX = "0123456789abcdef";

    private final Map<String, @Nullable Object> members;
    /** What {@link #line} gives, where that was made before. */
    private @Nullable String line;

    private Message(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** An empty message of this version. */
    public static Message empty() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(VERSION_KEY, VERSION);
        return new Message(members);
    }

    /** An empty object of a message. */
    static Message part() {
        return new Message(new LinkedHashMap<>());
    }

    /** A request to do something. */
    public static Message request(String what) {
        return empty().with("do", what);
    }

    /** A reply that what was asked has been done. */
    public static Message done() {
        return empty().with("ok", true);
    }

    /** A reply that it has not. */
    public static Message refused(String error, String message) {
        return empty().with("ok", false).with("error", error).with("message", message);
    }

    /** Reads a line. */
    public static Message parse(String line) throws Json.MalformedException {
        Object value = Json.parse(line);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            copy(map, members);
        }
        return new Message(members);
    }

    private static void copy(Map<?, ?> from, Map<String, @Nullable Object> to) {
        for (Map.Entry<?, ?> entry : from.entrySet()) {
            if (entry.getKey() instanceof String name) {
                to.put(name, entry.getValue());
            }
        }
    }

    /** Adds a member. */
    public Message with(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /**
     * Adds a member that may have bytes which are no text, such as a path. For who needs them, they are in {@code NAME_bytes}
     * as well, in hexadecimal digits.
     */
    public Message withRaw(String name, String value) {
        with(name, value);
        return Json.isText(value) ? this : with(name + BYTES, hex(RawText.encode(value)));
    }

    /** A string with its bytes (see RawText) as {@link #withRaw} has added them; empty where there is none. */
    public String raw(String name) {
        byte[] bytes = bytes(text(name + BYTES));
        return bytes.length == 0 ? text(name) : RawText.decode(bytes, 0, bytes.length);
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 * bytes.length);
        for (byte b : bytes) {
            text.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        return text.toString();
    }

    /** None where the digits are no such ones: whoever replies may send anything. */
    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = HEX.indexOf(hex.charAt(2 * i));
            int low = HEX.indexOf(hex.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return new byte[0];
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    /** The version that it says it is of; -1 where it says nothing. */
    public long version() {
        return number(VERSION_KEY, -1);
    }

    /** Whether a reply says that it was done. */
    public boolean ok() {
        return Boolean.TRUE.equals(members.get("ok"));
    }

    /** A string; empty where there is none. */
    public String text(String name) {
        return members.get(name) instanceof String s ? s : "";
    }

    /** A number. */
    public long number(String name, long otherwise) {
        return members.get(name) instanceof Long n ? n : otherwise;
    }

    /** Whether a member is true. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** A list of strings; what is not one is left out. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof String s) {
                    texts.add(s);
                }
            }
        }
        return texts;
    }

    /** A list of objects; what is not one is left out. */
    public List<Message> objects(String name) {
        List<Message> objects = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(copyOf(map));
                }
            }
        }
        return objects;
    }

    /** An object; null where there is none. */
    public @Nullable Message object(String name) {
        return members.get(name) instanceof Map<?, ?> map ? copyOf(map) : null;
    }

    private static Message copyOf(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        copy(map, copy);
        return new Message(copy);
    }

    /** As a line without its end. */
    public String line() {
        return line == null ? Json.write(members) : line;
    }

    /** The same with its line made now, for one that is sent when many are; nothing is added to it any more. */
    Message made() {
        line = Json.write(members);
        return this;
    }

    Map<String, @Nullable Object> members() {
        return members;
    }
}
