package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.ini.IniDocument;
import dev.pintle.convert.read.PythonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the parsers of the sections share. */
final class Context {

    private final IniDocument document = new IniDocument();
    private final Problems problems = new Problems();
    private final Map<String, Text> globalEnvironment = new LinkedHashMap<>();
    private final Environment environment;
    private final String here;
    private final Version version;

    Context(Environment environment, String here, Version version) {
        this.version = version;
        this.environment = environment;
        this.here = here;
    }

    IniDocument document() {
        return document;
    }

    Problems problems() {
        return problems;
    }

    /** That of {@code [supervisord]}; empty until that has been read. */
    Map<String, Text> globalEnvironment() {
        return globalEnvironment;
    }

    Version version() {
        return version;
    }

    String here() {
        return here;
    }

    Text hostNodeName() {
        return environment.hostName();
    }

    /** The names that may be used everywhere but in the server sections. */
    Names names() {
        return variables().with("here", Text.of(here));
    }

    /** Only the environment's names. */
    Names variables() {
        return new Names(environment, globalEnvironment);
    }

    OptionReader options(String section, Names names) {
        return new OptionReader(document, problems, section, names, version);
    }

    /** The part of a section's name after the colon, which has to be a name; reported where it is none. */
    String name(String section) {
        String name = afterColon(section);
        try {
            return Conversions.name(name);
        } catch (BadValueException e) {
            problems.error(
                    document.header(section), "bad-name", "cannot name [" + section + "]: " + e.reason(), e.hint());
            return PythonText.strip(name);
        }
    }

    static String afterColon(String section) {
        return section.substring(section.indexOf(':') + 1);
    }
}
