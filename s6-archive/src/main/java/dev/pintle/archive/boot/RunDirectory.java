package dev.pintle.archive.boot;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Key;
import dev.pintle.s6.S6Service;
import dev.pintle.s6.Translation;
import java.util.Map;

/** What scripts find in /run under s6-overlay: the container's variables, its exit code, halt, a directory for each service. */
public final class RunDirectory {
    /** A file for each variable, with a newline at its end. */
    public static final String VARIABLES = "/run/s6/container_environment";

    /** The number in it is the container's exit code, unless something else decides on that. */
    public static final String EXIT_CODE = "/run/s6-linux-init-container-results/exitcode";

    private static final String SERVICES = "/run/service";
    private static final String PROGRAMS = "/usr/lib/pintle/s6";
    private static final int FILE_MODE = 0644;

    private final WrittenFiles written;

    RunDirectory(ToolSys sys) {
        this.written = new WrittenFiles(sys);
    }

    /** Makes all but the services, anew: a container that is started again has what it had. */
    void prepare(Map<String, String> environment) throws FailureException {
        written.isNewDirectory("/run");
        for (String directory : new String[] {"/run/s6", "/run/s6-linux-init-container-results", SERVICES}) {
            written.directory(directory);
        }
        written.file(EXIT_CODE, "0\n", FILE_MODE);
        written.link("/run/s6", "basedir", PROGRAMS);
        written.remove(VARIABLES);
        if (keepsEnvironment(environment)) {
            return;
        }
        written.directory(VARIABLES);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (name.indexOf('/') < 0 && !name.startsWith(".")) {
                written.file(VARIABLES + "/" + name, variable.getValue() + "\n", FILE_MODE);
            }
        }
    }

    /** Whether every program is to have the container's variables by itself: then none is handed on. */
    public static boolean keepsEnvironment(Map<String, String> environment) {
        String keep = environment.getOrDefault("S6_KEEP_ENV", "");
        return !keep.isEmpty() && !keep.equals("0");
    }

    /** Makes a link for each service, to the directory that it is made from. */
    void services(Translation translation) throws FailureException {
        written.empty(SERVICES);
        for (S6Service service : translation.services()) {
            String origin = service.origin();
            String name = origin.substring(origin.lastIndexOf('/') + 1);
            boolean supervised =
                    origin.startsWith("/") && !"oneshot".equals(service.keys().get(Key.TYPE));
            if (supervised) {
                written.link(SERVICES, name, origin);
            }
        }
    }
}
