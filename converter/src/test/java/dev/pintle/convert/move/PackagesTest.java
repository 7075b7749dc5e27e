package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor's package, where it brought more than itself, and where a variable names it. */
class PackagesTest {

    @TempDir
    private Path directory = Path.of("");

    private static String configuration(String command) {
        return "[supervisord]\nnodaemon=true\n[program:web]\ncommand=" + command
                + "\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\nredirect_stderr=true\n";
    }

    private MovedBuild build(String command, String dockerfile) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, "packages"))
                .with("supervisord.conf", configuration(command))
                .with("Dockerfile", dockerfile);
    }

    private static String dockerfile(String from, String install, String rest) {
        return "FROM " + from + "\nRUN " + install + "\nCOPY supervisord.conf /etc/supervisord.conf\n" + rest
                + MovedBuild.START;
    }

    @Test
    void pythonThatCameWithTheSupervisorStaysWhereItIsRun() throws IOException {
        Map<String, String> installs = Map.of(
                "apt-get install -y nginx supervisor", "apt-get install -y nginx python3",
                "apk add --no-cache supervisor", "apk add --no-cache python3",
                "apk add nginx${V} supervisor${SUPERVISOR_VERSION}", "apk add nginx${V} python3",
                "[\"dnf\", \"install\", \"-y\", \"supervisor\"]", "[\"dnf\", \"install\", \"-y\", \"python3\"]",
                "apt-get install -y supervisor=4.2.* superlance cron", "apt-get install -y python3 cron");
        for (Map.Entry<String, String> install : installs.entrySet()) {
            MovedBuild build = build("python3 /app/app.py", dockerfile("debian:12", install.getKey(), ""))
                    .move();
            assertEquals(0, build.code(), build::all);
            assertTrue(build.file("Dockerfile").contains("RUN " + install.getValue() + "\n"), build::all);
            assertTrue(build.all().contains("supervisord.conf:4 needs it"), build::all);
        }
    }

    @Test
    void readersOfPythonAreFoundWhereverTheyAre() throws IOException {
        for (String rest : List.of(
                "COPY tool /usr/bin/tool\n",
                "COPY run.sh /run.sh\n",
                "RUN curl x | python3 -\n",
                "RUN echo 'command=python3 x' >> /etc/x.conf\n",
                "HEALTHCHECK CMD [\"/usr/bin/python3\", \"-c\", \"pass\"]\n",
                "RUN ln -s /usr/bin/python3 /usr/bin/python\n",
                "RUN cat <<EOF > /run2.sh\npython3 -m http.server\nEOF\n",
                "COPY <<EOF /run3.sh\n#!/bin/sh\nexec python3 -m http.server\nEOF\n")) {
            MovedBuild build = build("web", dockerfile("ubuntu:24.04", "apt-get install -y supervisor", rest))
                    .with("tool", "#!/usr/bin/env python3\npass\n")
                    .with("run.sh", "#!/bin/sh\n# python3 is\nexec python3 -m http.server\n")
                    .move();
            assertTrue(build.file("Dockerfile").contains("apt-get install -y python3\n"), () -> rest + build.all());
        }
    }

    @Test
    void pythonGoesWhereNothingNeedsItOrElseBringsIt() throws IOException {
        for (String from : List.of("debian:12", "python:3.12-slim", "me/python-base")) {
            String command = from.contains("python") ? "python3 /app/app.py" : "web";
            MovedBuild build = build(command, dockerfile(from, "apt-get install -y nginx supervisor", ""))
                    .with("README.md", "Run python3 app.py\n")
                    .move();
            assertTrue(build.file("Dockerfile").contains("apt-get install -y nginx\n"), build::all);
        }
        for (String other : List.of("python3", "python3-pip", "py3-yaml", "python3.11")) {
            MovedBuild build = build(
                            "python3 /app.py",
                            dockerfile("debian:12", "apt-get install -y " + other + " supervisor", ""))
                    .move();
            assertTrue(build.file("Dockerfile").contains("install -y " + other + "\n"), build::all);
        }
        MovedBuild pip = build("python3 /app.py", dockerfile("debian:12", "pip3 install supervisor", ""))
                .move();
        assertFalse(pip.file("Dockerfile").contains("pip3"), pip::all);
        MovedBuild own = build(
                        "web",
                        dockerfile("debian:12", "apt-get install -y nginx supervisor", "")
                                .replace(
                                        "CMD [\"supervisord\", \"-n\"]",
                                        "CMD [\"python3\", \"/usr/bin/supervisord\", \"-n\"]"))
                .move();
        assertTrue(own.file("Dockerfile").contains("install -y nginx\n"), own::all);
    }

    @Test
    void anotherPythonIsSaid() throws IOException {
        MovedBuild build = build("python /app.py", dockerfile("debian:9", "apt-get install -y supervisor", ""))
                .move();
        build.notCarried("Dockerfile", 2);
        assertTrue(build.all().contains("not ready: 1 thing"), build::all);
    }

    /** What came with the package is gone with it, and the build would fail. */
    @Test
    void pipThatCameWithTheSupervisorIsSaid() throws IOException {
        for (String run : List.of(
                "RUN pip3 install flask\n",
                "RUN set -e; easy_install-3.9 flask\n",
                "RUN [\"pip\", \"install\", \"flask\"]\n")) {
            MovedBuild build = build("web", dockerfile("debian:12", "apt-get install -y supervisor", run))
                    .move();
            build.notCarried("Dockerfile", 2);
            String program = run.replaceFirst("(?s).*?((?:pip|easy_install)[\\w.-]*).*", "$1");
            assertTrue(build.all().contains(" runs " + program + ", which may have come with supervisor"), build::all);
        }
        for (String rest : List.of(
                "RUN pip install superlance\n",
                "RUN apt-get install -y python3-pip\nRUN pip install flask\n",
                "RUN curl https://bootstrap.pypa.io/get-pip.py | python3 && pip install flask\n")) {
            MovedBuild build = build("web", dockerfile("debian:12", "apt-get install -y supervisor", rest))
                    .move();
            assertFalse(build.has("Dockerfile", 2, "not carried"), () -> rest + build.all());
        }
        for (String before : List.of("", "apt-get install -y python3-pip\n")) {
            String copied = "COPY setup.sh /\nRUN sh /setup.sh\n";
            MovedBuild script = build("web", dockerfile("debian:12", "apt-get install -y supervisor", copied))
                    .with("setup.sh", before + "pip install flask\n")
                    .move();
            assertEquals(before.isEmpty(), script.has("Dockerfile", 2, "not carried"), script::all);
        }
        MovedBuild unknown = build("web", dockerfile("me/base", "apt-get install -y supervisor", "RUN pip install a\n"))
                .move();
        assertFalse(unknown.has("Dockerfile", 2, "not carried"), unknown::all);
    }

    @Test
    void packagesThatAVariableNamesAreNotInstalled() throws IOException {
        Map<String, String> variables = Map.of(
                "ENV PKGS=\"nginx supervisor curl\"\nRUN apt-get install -y $PKGS",
                "ENV PKGS=\"nginx curl\"\nRUN apt-get install -y $PKGS",
                "ENV PKGS nginx supervisor\nRUN apk add ${PKGS}",
                "ENV PKGS nginx\nRUN apk add ${PKGS}",
                "ARG PKGS='supervisor nginx' X=1\nRUN yum install -y $PKGS",
                "ARG PKGS=' nginx' X=1\nRUN yum install -y $PKGS",
                "RUN PKGS=\"nginx \\\n  supervisor=3.3\" && apt-get install -y $PKGS",
                "RUN PKGS=\"nginx\" && apt-get install -y $PKGS",
                "ENV PKGS=\"nginx \\\n    supervisor \\\n    curl\"\nRUN apt-get install -y $PKGS",
                "ENV PKGS=\"nginx \\\n    curl\"\nRUN apt-get install -y $PKGS");
        for (Map.Entry<String, String> each : variables.entrySet()) {
            MovedBuild build = build(
                            "web",
                            "FROM debian:12\n" + each.getKey() + "\nCOPY supervisord.conf /etc/supervisord.conf\n"
                                    + MovedBuild.START)
                    .move();
            assertEquals(0, build.code(), build::all);
            String after = build.file("Dockerfile");
            assertTrue(after.contains("\n" + each.getValue() + "\n"), () -> after + build.all());
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    @Test
    void filesOfTheSupervisorThatTheBuildMakesAreThere() throws IOException {
        MovedBuild build =
                MovedBuild.supervisord(directory, """
                        RUN touch /var/run/supervisor.sock /var/log/supervisord.log && chmod 777 /var/run/supervisor.sock
                        RUN mkdir -p /var/log/supervisor && chown app /var/log/supervisor
                        """ + MovedBuild.START).move();
        assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
    }

    /** What cleans up behind a package manager that installs nothing any more finds nothing. */
    @Test
    void removalsOfWhatWasInstalledMayFindNothing() throws IOException {
        for (String[] each : new String[][] {
            {"apk --update add supervisor", "rm /var/cache/apk/*", "rm -f /var/cache/apk/*"},
            {"apt-get install -y supervisor", "rm -r /var/lib/apt/lists/*", "rm -f -r /var/lib/apt/lists/*"},
            {"apk add supervisor", "rm -rf /var/cache/apk/*", "rm -rf /var/cache/apk/*"},
            {"apk add nginx supervisor", "rm /var/cache/apk/*", "rm /var/cache/apk/*"}
        }) {
            MovedBuild build = MovedBuild.dockerfile(
                            Files.createTempDirectory(directory, "cache"),
                            "FROM alpine:3\nRUN " + each[0] + "\nRUN " + each[1]
                                    + "\nCOPY supervisord.conf /etc/supervisord.conf\n" + MovedBuild.START)
                    .move();
            assertTrue(build.file("Dockerfile").contains("\nRUN " + each[2] + "\n"), build::all);
        }
    }

    /** A later installation may need the index that was fetched beside the supervisor. */
    @Test
    void indexThatALaterInstallationNeedsIsStillFetched() throws IOException {
        for (String[] each : new String[][] {
            {"apt-get update && apt-get install -y supervisor", "RUN apt-get update\n", "apt-get install -y nginx"},
            {"apk update && apk add supervisor", "RUN apk update\n", "apk add nginx"},
            {"apk add --update supervisor", "RUN apk update\n", "apk add nginx"},
            {"apk -U add supervisor && apk add curl", "RUN apk update && apk add curl\n", "true"},
            {"apk add --update supervisor", "", "apk add --no-cache nginx"},
            {"apt-get update && apt-get install -y supervisor", "", "apt-get update && apt-get install -y nginx"},
            {
                "apt-get update && apt-get install -y supervisor && rm -rf /var/lib/apt/lists/*",
                "",
                "apt-get update && apt-get install -y nginx"
            },
            {"apt-get update && apt-get install -y supervisor", "", "true"}
        }) {
            MovedBuild build = MovedBuild.dockerfile(
                            Files.createTempDirectory(directory, "index"),
                            "FROM debian:12\nRUN " + each[0] + "\nRUN " + each[2]
                                    + "\nCOPY supervisord.conf /etc/supervisord.conf\n" + MovedBuild.START)
                    .move();
            assertTrue(
                    build.file("Dockerfile").startsWith("FROM debian:12\n" + each[1] + "RUN " + each[2] + "\n"),
                    () -> each[0] + build.all());
        }
    }

    @Test
    void indexThatAScriptFetchesForItselfIsStillFetched() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(
                        directory,
                        "FROM alpine:3\nCOPY install.sh supervisord.conf /etc/\nRUN sh /etc/install.sh\n"
                                + MovedBuild.START)
                .with("install.sh", "#!/bin/sh\napk add --update supervisor\napk add nginx\n")
                .move();
        assertEquals("#!/bin/sh\napk update\napk add nginx\n", build.file("install.sh"), build::all);
    }
}
