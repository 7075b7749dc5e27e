package dev.pintle.init.control;

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

    private final Map<String, @Nullable Object> members;

    private Message(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** An empty message of this version. */
    public static Message empty() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(VERSION_KEY, VERSION);
        return new Message(members);
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
        return Json.write(members);
    }

    Map<String, @Nullable Object> members() {
        return members;
    }
}
