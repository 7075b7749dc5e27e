package dev.pintle.init.boot;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.parse.LayoutParser;
import java.util.Map;

/** Reads the layout of this container, and says what is wrong with it. */
public final class LayoutReader {
    /** Where the layout is, unless {@code PINTLE_DIR} says otherwise. */
    private LayoutReader() {}

    /** The directory of the layout. */
    public static String directory(Map<String, String> environment) {
        return Environment.layoutDirectory(environment);
    }

    /** Reads and checks. */
    public static ParseResult read(Sys sys, String directory, Map<String, String> environment) {
        ParseResult result = LayoutParser.parse(new KernelLayoutSource(sys), directory, environment);
        Layout layout = result.layout();
        return layout == null ? result : result.with(Loggers.addTo(layout));
    }

    /** As {@link #read(Sys, String, Map)}, where variables that the start will require may be missing. */
    public static ParseResult readBeforeStart(Sys sys, String directory, Map<String, String> environment) {
        return LayoutParser.parseBeforeStart(new KernelLayoutSource(sys), directory, environment);
    }

    /** Reads this container's layout. */
    public static ParseResult read(Sys sys) {
        Map<String, String> environment = Environment.asMap(sys.environment());
        return read(sys, directory(environment), environment);
    }
}
