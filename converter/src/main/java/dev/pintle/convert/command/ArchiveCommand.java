package dev.pintle.convert.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code pintle-convert archive-classes}: does a bit of everything, so that the Java that the launcher has told to write
 * its classes down at its end has them all. Later runs of the same Java then start in less time.
 */
@Command(
        name = "archive-classes",
        hidden = true,
        header = "Makes later starts faster: writes the classes beside the jar, for this Java.")
final class ArchiveCommand implements Callable<Integer> {

    private static final String CONFIGURATION = """
            [supervisord]
            nodaemon=true
            environment=A="%(ENV_B)s"
            [inet_http_server]
            port=127.0.0.1:9001
            [program:web]
            command=web 'a b' %(process_num)02d
            process_name=%(program_name)s_%(process_num)02d
            numprocs=2
            stopsignal=QUIT
            stdout_logfile=/var/log/web.log
            [group:g]
            programs=web
            """;

    private static final String DOCKERFILE = """
            FROM debian
            RUN apt-get install -y supervisor nginx
            COPY supervisord.conf /etc/supervisord.conf
            HEALTHCHECK CMD supervisorctl status
            CMD ["supervisord", "-n"]
            """;

    private static final String RUN = """
            #!/bin/sh
            exec 2>&1
            exec chpst -u app web
            """;

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("pintle-convert");
        try {
            Files.writeString(directory.resolve("supervisord.conf"), CONFIGURATION);
            Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
            Path run = Files.createDirectories(directory.resolve("service/web")).resolve("run");
            Files.writeString(run, RUN);
            run.toFile().setExecutable(true);
            String output = directory.resolve("out").toString();
            for (String report : List.of("report.html", "report.md", "report.json", "report.txt")) {
                convert(
                        "supervisord",
                        "--dockerfile",
                        directory.resolve("Dockerfile").toString(),
                        "-o",
                        output,
                        "--force",
                        "--report",
                        directory.resolve(report).toString());
            }
            convert("supervisord", directory.resolve("supervisord.conf").toString(), "-o", output, "--force");
            convert("runit", directory.resolve("service").toString(), "-o", output, "--force");
            convert("supervisord", "--help");
            convert("supervisord", "--nonsense");
            return PintleConvert.OK;
        } finally {
            remove(directory);
        }
    }

    private static void convert(String... arguments) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        PintleConvert.run(nowhere, nowhere, true, arguments);
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
