package dev.pintle.web;

import dev.pintle.init.control.Json;
import dev.pintle.init.log.TimeReader;
import dev.pintle.init.sys.JsonText;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.tool.LogTail;
import dev.pintle.init.tool.LogView;

/** Lines of logs as programs take them: as they are, an object of JSON for each, or such an object as an event. */
final class LogLines implements LogView {
    /** How lines are written. */
    enum Form {
        /** As they are. */
        TEXT("text/plain", "", ""),
        /** An object a line. */
        JSON("application/x-ndjson", "", "\n"),
        /** Server-sent events. */
        EVENTS(EventFeed.TYPE, "data: ", "\n\n");

        private final String type;
        private final String before;
        private final String after;

        Form(String type, String before, String after) {
            this.type = type;
            this.before = before;
            this.after = after;
        }

        String type() {
            return type;
        }

        /** What is asked for. */
        static Form of(String accept) {
            return accept.contains(EventFeed.TYPE) ? EVENTS : accept.contains("json") ? JSON : TEXT;
        }
    }

    private static final int ROOM = 16 * 1024;
    /** Room for a time. */
    private static final int STAMP = 64;

    private final ToolSys sys;
    private final PipeOutput pipe;
    private final Form form;
    private final byte[] buffer = new byte[ROOM];
    private int size;

    LogLines(ToolSys sys, PipeOutput pipe, Form form) {
        this.sys = sys;
        this.pipe = pipe;
        this.form = form;
    }

    @Override
    public void show(LogTail tail, boolean goesOn, boolean several) {
        if (form == Form.TEXT) {
            put(tail.bytes(), tail.start(), tail.end());
            return;
        }
        if (!goesOn) {
            put(form.before + "{\"service\":" + Json.write(tail.service()) + ",\"stream\":\"" + tail.stream() + "\""
                    + time(tail) + ",\"line\":\"");
        }
        int end = tail.ends() ? tail.end() - 1 : tail.end();
        byte[] text = new byte[(end - tail.start()) * JsonText.MOST_PER_BYTE];
        put(text, 0, JsonText.append(text, 0, tail.bytes(), tail.start(), end));
        if (tail.ends()) {
            put("\"}" + form.after);
        }
    }

    private static String time(LogTail tail) {
        if (tail.time() == TimeReader.UNKNOWN) {
            return "";
        }
        byte[] stamp = new byte[STAMP];
        int length = Timestamp.appendDate(stamp, 0, tail.time(), 'T', 6);
        return ",\"time\":\"" + RawText.decode(stamp, 0, length) + "Z\"";
    }

    @Override
    public void endLine(LogTail tail) {
        put(form == Form.TEXT ? "\n" : "\"}" + form.after);
    }

    @Override
    public void gap(LogTail tail, long bytes) {
        problem(bytes + " bytes of " + tail.service() + " came too fast");
    }

    @Override
    public void complain(String sentence) {
        problem(sentence);
    }

    private void problem(String sentence) {
        switch (form) {
            case TEXT -> put("(" + sentence + ")\n");
            case JSON -> put("{\"problem\":" + Json.write(sentence) + "}\n");
            case EVENTS -> put("event: problem\ndata: {\"problem\":" + Json.write(sentence) + "}\n\n");
        }
    }

    private void put(String text) {
        byte[] bytes = RawText.encode(text);
        put(bytes, 0, bytes.length);
    }

    private void put(byte[] bytes, int from, int end) {
        if (size + end - from > ROOM) {
            flush();
        }
        if (end - from > ROOM) {
            pipe.write(bytes, from, end);
            return;
        }
        System.arraycopy(bytes, from, buffer, size, end - from);
        size += end - from;
    }

    @Override
    public void flush() {
        pipe.write(buffer, 0, size);
        size = 0;
    }

    @Override
    public void end() {
        flush();
    }

    /** Who reads may go meanwhile. */
    @Override
    public void pause(long millis) {
        if (pipe.isClosed(millis)) {
            sys.exit(0);
        }
    }
}
