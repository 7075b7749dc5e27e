package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What installs the supervisor's package, and what needs it. */
class PackageKindsTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void manifestsLoseThePackageAndLocksAreSaid() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(directory, """
                FROM python:3.12
                COPY . /app
                RUN pip install poetry && poetry install && sh /app/install.sh
                COPY supervisord.conf /etc/
                """ + MovedBuild.START)
                .with("pyproject.toml", "[project]\ndependencies = [\n  \"flask\",\n  \"supervisor>=4.2\",\n]\n")
                .with("poetry.lock", "name = \"supervisor\"\n")
                .with("Pipfile", "[packages]\nsupervisor = \"*\"\nflask = \"*\"\n")
                .with("sub/pyproject.toml", "[project]\ndependencies = [\"supervisor\", \"flask\"]\n")
                .with("install.sh", "apt-get update\napt-get install -y supervisor nginx\n")
                .move();
        assertEquals("[project]\ndependencies = [\n  \"flask\",\n]\n", build.file("pyproject.toml"));
        assertEquals("[packages]\nflask = \"*\"\n", build.file("Pipfile"));
        assertEquals("[project]\ndependencies = [\"flask\"]\n", build.file("sub/pyproject.toml"));
        assertEquals("apt-get update\napt-get install -y nginx\n", build.file("install.sh"));
        assertTrue(build.all().contains("make it anew: poetry lock"), build::all);
    }

    @Test
    void whatNeedsThePackageIsSaid() throws IOException {
        MovedBuild build =
                MovedBuild.dockerfile(directory, """
                FROM debian:12
                RUN apt-get install -y supervisor
                RUN echo_supervisord_conf > /etc/supervisord.conf
                RUN supervisord --version && ln -s /usr/bin/supervisorctl /usr/bin/ctl
                RUN mkdir -p /var/log/supervisor && rm -rf /etc/supervisor && echo "supervisord is in"
                ENV SUPERVISOR_SERVER_URL=unix:///tmp/s.sock
                LABEL about="runs supervisord"
                VOLUME /var/log/supervisor
                COPY supervisord.conf /etc/
                """ + MovedBuild.START).move();
        for (int line : List.of(3, 4, 6)) {
            build.notCarried("Dockerfile", line);
        }
        for (int line : List.of(5, 7, 8)) {
            assertFalse(build.fates("Dockerfile", line).toString().contains("not carried"), build::all);
        }
    }

    @Test
    void thePackagesMainFileHasASocket() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("conf.d/control.conf", "[unix_http_server]\nusername=u\npassword=p\n")
                .with("conf.d/web.conf", "[program:web]\ncommand=web\n")
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY conf.d /etc/supervisor/conf.d\n"
                                + MovedBuild.START)
                .move();
        assertEquals(0, build.code(), build::all);
        assertTrue(build.file("Dockerfile").endsWith("CMD [\"/init\"]\n"), build::all);
    }

    @Test
    void requirementsAreFollowed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        COPY requirements /r
                        COPY requirements-dev.in setup.cfg environment.yml packages.txt pyproject.toml /app/
                        RUN pip install -r /r/dev.txt && conda install -y -c conda-forge supervisor
                        """ + MovedBuild.START)
                .with("requirements/dev.txt", "-r base.txt\n--constraint=../c.txt\n-r dev.txt\npytest\n")
                .with("requirements/base.txt", "flask\nsupervisor==4.2.5 \\\n    --hash=sha256:aa\ngunicorn\n")
                .with("c.txt", "supervisor==4.2.5\nflask==3\n")
                .with("requirements-dev.in", "supervisor\nflask\n")
                .with("setup.cfg", "[options]\ninstall_requires =\n  flask\n  supervisor>=4\n")
                .with("environment.yml", "dependencies:\n  - python\n  - supervisor=4\n")
                .with("packages.txt", "nginx\nsupervisor\n")
                .with(
                        "pyproject.toml",
                        "[project]\nname = \"supervisor\"\n[dependency-groups]\nops = [\"supervisor\", \"x\"]\n")
                .move();
        assertEquals("flask\ngunicorn\n", build.file("requirements/base.txt"));
        assertEquals("flask==3\n", build.file("c.txt"));
        assertEquals("flask\n", build.file("requirements-dev.in"));
        assertEquals("[options]\ninstall_requires =\n  flask\n", build.file("setup.cfg"));
        assertEquals("dependencies:\n  - python\n", build.file("environment.yml"));
        assertEquals(
                "[project]\nname = \"supervisor\"\n[dependency-groups]\nops = [\"x\"]\n", build.file("pyproject.toml"));
        assertTrue(build.file("Dockerfile").contains("RUN pip install -r /r/dev.txt\n"), build::all);
        build.notCarried("packages.txt", 2);
    }

    /** The build still finds the address; it is what comes of it that nothing needs. */
    @Test
    void anAddressOfTheSupervisorIsNoFileOfTheImage() throws IOException {
        MovedBuild build = MovedBuild.supervisord(
                        directory,
                        "RUN wget https://github.com/Supervisor/supervisor/archive/master.zip -P /tmp/ && unzip /tmp/master.zip\n"
                                + MovedBuild.START)
                .move();
        build.notCarried("Dockerfile", 4);
        String fates = build.fates("Dockerfile", 4).toString();
        assertTrue(fates.contains("the build fetches github.com/"), build::all);
        assertFalse(fates.contains("not in the image any more"), build::all);
    }

    /** A container may mount programs there. */
    @Test
    void aVolumeOfConfigurationIsApproximated() throws IOException {
        for (String volume : List.of(
                "/etc/supervisor/conf.d",
                "[\"/data\", \"/etc/supervisor/conf.d/\"]",
                "/data /etc/supervisor.d",
                "$DIR")) {
            MovedBuild build = MovedBuild.supervisord(
                            directory, "ENV DIR=/etc/supervisor/\nVOLUME " + volume + "\n" + MovedBuild.START)
                    .move();
            assertTrue(build.has("Dockerfile", 5, "approximated"), build::all);
        }
        for (String volume : List.of("/var/log/supervisor", "/data")) {
            MovedBuild build = MovedBuild.supervisord(directory, "\nVOLUME " + volume + "\n" + MovedBuild.START)
                    .move();
            assertFalse(build.has("Dockerfile", 5, "approximated"), build::all);
        }
        MovedBuild runit = new MovedBuild(directory)
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("Dockerfile", """
                        FROM debian:12
                        RUN apt-get install -y runit
                        COPY service /etc/service
                        VOLUME /etc/service
                        CMD ["runsvdir", "/etc/service"]
                        """)
                .move();
        assertTrue(runit.has("Dockerfile", 4, "approximated"), runit::all);
    }
}
