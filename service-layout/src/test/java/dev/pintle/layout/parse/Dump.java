package dev.pintle.layout.parse;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints a tree of records, one component a line, so that a difference reads. */
final class Dump {

    private final StringBuilder out = new StringBuilder();

    private Dump() {}

    /** All components of {@code record}, without those that are the same in {@code base}. */
    static String of(Record record, @Nullable Record base) {
        Dump dump = new Dump();
        dump.components(record, base, "");
        return dump.out.toString();
    }

    private void components(Record record, @Nullable Record base, String indent) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = component(component, record);
            Object usual = base == null ? null : component(component, base);
            if (base == null || !Objects.equals(value, usual)) {
                value(component.getName(), value, usual, indent);
            }
        }
    }

    private static @Nullable Object component(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void value(String name, @Nullable Object value, @Nullable Object usual, String indent) {
        if (value instanceof Record record && record.getClass().getRecordComponents().length > 3) {
            out.append(indent).append(name).append(":\n");
            components(record, (Record) usual, indent + "  ");
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record) {
            for (Object item : list) {
                value(name, item, null, indent);
            }
        } else {
            out.append(indent).append(name).append(" = ").append(text(value)).append('\n');
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String string) {
            return "\"" + string.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + "\"";
        }
        StringBuilder text = new StringBuilder();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                text.append(text.length() == 0 ? "" : ", ").append(text(item));
            }
            return "[" + text + "]";
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> text.append(text.length() == 0 ? "" : ", ")
                    .append(key)
                    .append(": ")
                    .append(text(item)));
            return "{" + text + "}";
        }
        return String.valueOf(value);
    }
}
