package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A build context that is moved as a user moves it, and what was said of it. */
final class MovedBuild {

    static final String CONFIGURATION = """
            [supervisord]
            nodaemon=true
            [program:web]
            command=web
            stdout_logfile=/dev/stdout
            stdout_logfile_maxbytes=0
            redirect_stderr=true
            [program:job]
            command=job %(process_num)02d
            process_name=%(program_name)s_%(process_num)02d
            numprocs=2
            stdout_logfile=/dev/stdout
            stdout_logfile_maxbytes=0
            redirect_stderr=true
            """;

    /** How an image starts that has its configuration where supervisord looks for it. */
    static final String START = "CMD [\"supervisord\", \"-n\"]\n";

    private final Path directory;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> arguments = new ArrayList<>();
    private String command = "supervisord";
    private String report = "";
    private String said = "";
    private int code;

    MovedBuild(Path directory) {
        this.directory = directory;
    }

    /** One with a configuration of supervisord and this Dockerfile. */
    static MovedBuild dockerfile(Path directory, String text) {
        return new MovedBuild(directory).with("supervisord.conf", CONFIGURATION).with("Dockerfile", text);
    }

    /** One with supervisord, a configuration and what follows FROM, the package and the COPY of the configuration. */
    static MovedBuild supervisord(Path directory, String rest) {
        return dockerfile(
                directory,
                "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/supervisord.conf\n"
                        + rest);
    }

    /** One with a script that starts the image. */
    static MovedBuild script(Path directory, String text) {
        return supervisord(directory, "COPY start.sh /start.sh\nCMD [\"/start.sh\"]\n")
                .with("start.sh", text);
    }

    MovedBuild with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    MovedBuild with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    MovedBuild runit() {
        command = "runit";
        return this;
    }

    /** One with a service of s6-overlay, of which the image is built by the given Dockerfile. */
    static MovedBuild s6(Path directory, String dockerfile) {
        MovedBuild build = new MovedBuild(directory)
                .with("Dockerfile", dockerfile)
                .with("rootfs/etc/s6-overlay/s6-rc.d/web/type", "longrun\n")
                .with("rootfs/etc/s6-overlay/s6-rc.d/web/run", "#!/command/with-contenv sh\nexec web\n")
                .with("rootfs/etc/s6-overlay/s6-rc.d/user/contents.d/web", "");
        build.command = "s6";
        return build;
    }

    MovedBuild arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Moves it, written in place. */
    MovedBuild move() throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            byte[] content = file.getValue();
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            path.toFile().setExecutable(content.length > 1 && content[0] == '#' && content[1] == '!');
        }
        List<String> all = new ArrayList<>(List.of(command, "--dockerfile", directory + "/Dockerfile"));
        all.addAll(List.of("-o", directory + "/out", "--force", "--write", "--json"));
        all.addAll(arguments);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        code = PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, all.toArray(String[]::new));
        report = out.toString().replace("\\/", "/");
        said = err.toString();
        return this;
    }

    int code() {
        return code;
    }

    /** A file as it is to be written. */
    String text(String name) {
        return new String(Objects.requireNonNull(files.get(name)), StandardCharsets.UTF_8);
    }

    /** The names of the services that were converted, sorted. */
    List<String> services() {
        String[] names = directory.resolve("out/etc/pintle/services").toFile().list();
        return names == null ? List.of() : Stream.of(names).sorted().toList();
    }

    /** A file as it is now. */
    String file(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
    }

    /** Standard error and the report. */
    String all() {
        return said + report;
    }

    /** Whether a line of a file has a fate. */
    boolean has(String name, int line, String fate) {
        return fates(name, line).stream().anyMatch(each -> each.contains("\"fate\": \"" + fate + "\""));
    }

    /** Fails unless a line of a file is not carried. */
    void notCarried(String name, int line) {
        assertTrue(has(name, line, "not carried"), () -> name + ":" + line + "\n" + all());
    }

    /** The fates of a line of a file, in the words of the report. */
    List<String> fates(String name, int line) {
        List<String> fates = new ArrayList<>();
        String place = "\"file\": \"" + directory + "/" + name + "\", \"line\": " + line + ",";
        for (String entry : report.split("\n", -1)) {
            if (entry.contains(place)) {
                fates.add(entry);
            }
        }
        return fates;
    }
}
