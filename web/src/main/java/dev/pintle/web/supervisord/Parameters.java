package dev.pintle.web.supervisord;

import dev.pintle.web.xmlrpc.Decimal;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.List;

/** The arguments of a call. */
final class Parameters {
    private final List<Object> values;

    Parameters(List<Object> values, int least, int most) throws FaultException {
        this.values = values;
        if (values.size() < least || values.size() > most) {
            throw Fault.INCORRECT_PARAMETERS.exception();
        }
    }

    String text(int index) throws FaultException {
        if (values.get(index) instanceof String text) {
            return text;
        }
        throw Fault.INCORRECT_PARAMETERS.exception();
    }

    ProcessName name() throws FaultException {
        return ProcessName.of(text(0));
    }

    /** A number, or the digits of one. */
    long number(int index) throws FaultException {
        Object value = values.get(index);
        if (value instanceof Long number) {
            return number;
        }
        try {
            return Long.parseLong(value instanceof Decimal number ? number.whole() : text(index));
        } catch (NumberFormatException e) {
            throw Fault.INCORRECT_PARAMETERS.exception();
        }
    }

    /** A text, or a number as one. */
    String word(int index) throws FaultException {
        return values.get(index) instanceof Long number ? Long.toString(number) : text(index);
    }

    /** Whether to wait, the last argument of many methods: true where it is left out. */
    boolean waits(int index) {
        if (index >= values.size()) {
            return true;
        }
        Object value = values.get(index);
        return !value.equals(false) && !value.equals(0L) && !value.equals("");
    }

    List<?> list(int index) throws FaultException {
        if (values.get(index) instanceof List<?> list) {
            return list;
        }
        throw Fault.INCORRECT_PARAMETERS.exception();
    }
}
