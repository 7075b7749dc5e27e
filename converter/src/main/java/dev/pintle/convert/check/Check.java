package dev.pintle.convert.check;

import dev.pintle.convert.lower.OutputFile;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.parse.LayoutParser;
import java.util.List;
import java.util.Map;

/** Reads a layout that is not written yet. */
public final class Check {

    private Check() {}

    /**
     * What is wrong with a layout; nothing, unless the converter is.
     *
     * @param files     by their paths, such as {@code etc/pintle/services/web/service.conf}
     * @param variables values for the variables that the texts use
     */
    public static List<Diagnostic> check(Map<String, OutputFile> files, Map<String, String> variables) {
        return LayoutParser.parse(new TextTree(files), "/etc/pintle", variables).diagnostics();
    }
}
