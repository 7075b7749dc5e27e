package dev.pintle.init.sys.teavm;

import org.teavm.interop.Function;

/** {@code void (*)(int)}, as signal(2) takes it. */
abstract class SignalHandler extends Function {
    abstract void handle(int signal);
}
