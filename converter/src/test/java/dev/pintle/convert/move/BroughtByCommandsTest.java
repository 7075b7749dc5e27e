package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that commands of the build put where the image has them, or write there. */
class BroughtByCommandsTest {

    private static final String SCRIPT = "#!/bin/sh\nprepare\nexec supervisord -n\n";

    @TempDir
    private Path directory = Path.of("");

    /** With a configuration and a script below {@code deploy}, and the lines between the packages and what starts the image. */
    private MovedBuild with(String lines, String start) {
        return new MovedBuild(directory)
                .with("deploy/etc/supervisord.conf", MovedBuild.CONFIGURATION)
                .with("deploy/bin/start.sh", SCRIPT)
                .with("Dockerfile", "FROM debian:12\nRUN apt-get install -y supervisor rsync\n" + lines + start + "\n");
    }

    private static boolean carriesAll(MovedBuild build) {
        return build.code() == 0 && !build.all().contains("\"fate\": \"not carried\"");
    }

    @Test
    void treesAreFollowed() throws IOException {
        for (String lines : List.of(
                "COPY deploy /src\nRUN rsync -a --exclude .git /src/ /\n",
                "COPY deploy /src\nRUN cp -r /src/. /\n",
                "COPY deploy /src\nRUN cp -a /src/etc /src/bin /\n",
                "COPY deploy/ /src/\nRUN set -e; cd /src; cp -R * /\n",
                "WORKDIR /opt/app\nCOPY deploy deploy\nRUN cd deploy && cp etc/supervisord.conf /etc/ && (cd bin && cp *.sh /bin)\n",
                "WORKDIR /opt\nCOPY . app\nRUN install -m 644 -D app/deploy/etc/supervisord.conf /etc/supervisord.conf"
                        + " && install -m 0755 -t /bin app/deploy/bin/start.sh\n",
                "COPY deploy /src\nRUN <<EOF\ncp -r /src/etc/. /etc\ncp /src/bin/start.sh /bin/start.sh\nEOF\n",
                "COPY deploy /one\nRUN mv /one /two\nRUN cp -r /two/etc/. /etc/ && cp -r /two/bin /\n")) {
            MovedBuild build = with(lines, "CMD [\"/bin/start.sh\"]").move();
            assertTrue(carriesAll(build), () -> lines + build.all());
            assertEquals("#!/bin/sh\nprepare\nexec /init\n", build.file("deploy/bin/start.sh"), lines);
        }
    }

    /** The command before a bracket goes without it, and so does the one behind. */
    @Test
    void bracketsStay() throws IOException {
        MovedBuild build = with("""
                COPY deploy /src
                RUN cp /src/etc/supervisord.conf /etc/ && (cd /src && ls bin) && echo done
                RUN (cd /src && ls bin) && chmod 644 /etc/supervisord.conf && echo done
                RUN (chmod 600 /etc/supervisord.conf && ls /src) && cp -r /src/bin /
                """, "CMD [\"/bin/start.sh\"]").move();
        String after = build.file("Dockerfile");
        assertTrue(
                after.contains("RUN (cd /src && ls bin) && echo done\nRUN (cd /src && ls bin) && echo done\n"), after);
        assertTrue(after.contains("RUN (ls /src) && cp -r /src/bin /\n"), after);
    }

    /** What has only been copied to be put elsewhere is not copied any more, and nothing asks for it. */
    @Test
    void aTreeOfNothingElseGoes() throws IOException {
        MovedBuild build = with(
                        "COPY deploy/etc /tmp/etc\nRUN cp -r /tmp/etc/. /etc/ && rm -r /tmp/etc && apt-get clean\n",
                        "CMD [\"supervisord\", \"-n\"]")
                .move();
        assertTrue(carriesAll(build), build::all);
        String after = build.file("Dockerfile");
        assertFalse(after.contains("/tmp/etc"), after);
        assertTrue(after.contains("RUN apt-get clean\n"), after);
    }

    @Test
    void aPlaceThatAVariableDecidesIsNotGuessed() throws IOException {
        MovedBuild build = with(
                        "COPY deploy /src\nRUN cd \"$SOMEWHERE\" && cp etc/supervisord.conf /etc/\n", "CMD supervisord")
                .move();
        assertEquals(3, build.code(), build::all);
    }

    @Test
    void anEntrypointOfAHeredocIsEdited() throws IOException {
        String text = "#!/bin/sh\n[ \"$1\" = supervisord ] && prepare\nsupervisorctl restart web\nexec \"$@\"\n";
        String expected = "#!/bin/sh\n[ \"$1\" = /init ] && prepare\npintle restart web\nexec \"$@\"\n";
        for (String form : List.of(
                "COPY --chmod=755 <<'EOF' /entrypoint.sh\n%sEOF\n",
                "COPY <<\"X\" /\n%sX\nRUN chmod +x /X && mv /X /entrypoint.sh\n",
                "RUN cat > /entrypoint.sh <<'EOF' && chmod +x /entrypoint.sh\n%sEOF\n",
                "RUN mkdir -p /x && tee /entrypoint.sh <<'EOF'\n%sEOF\nRUN chmod 755 /entrypoint.sh\n")) {
            boolean moved = form.contains("mv /X");
            MovedBuild build = with(
                            "COPY deploy/etc/supervisord.conf /etc/\n" + form.formatted(text),
                            "ENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"supervisord\", \"-n\"]")
                    .move();
            if (moved) {
                // Where it goes to after that is not followed: said, not silent.
                assertTrue(build.all().contains("taken that the entrypoint"), build::all);
                continue;
            }
            assertTrue(carriesAll(build), build::all);
            String after = build.file("Dockerfile");
            assertTrue(after.contains(form.formatted(expected)), after);
            assertTrue(after.endsWith("ENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"/init\"]\n"), after);
        }
    }

    @Test
    void aScriptOfTheBuildMayWriteTheEntrypoint() throws IOException {
        MovedBuild build = with(
                        "COPY deploy/etc/supervisord.conf /etc/\nCOPY install.sh /\nRUN sh /install.sh\n", "CMD start")
                .with(
                        "install.sh",
                        "set -e\ncat >/usr/local/bin/start <<'END'\n" + SCRIPT + "END\nchmod +x /usr/local/bin/start\n")
                .move();
        assertTrue(carriesAll(build), build::all);
        assertTrue(build.file("install.sh").contains("prepare\nexec /init\nEND\n"), build::all);
        assertTrue(build.file("Dockerfile").endsWith("CMD exec start\n"), build::all);
    }

    /** What expands when it is written is no text to edit. */
    @Test
    void anEntrypointThatIsNotPlainIsSaid() throws IOException {
        MovedBuild build = with(
                        "COPY deploy/etc/supervisord.conf /etc/\nRUN cat > /start.sh <<EOF\n#!/bin/sh\nexec supervisord -n \\$X\nEOF\n",
                        "CMD [\"/start.sh\"]")
                .move();
        assertEquals(3, build.code(), build::all);
        assertTrue(build.all().contains("runs what is not in the build context"), build::all);
    }

    @Test
    void filesOfSudoersAreCommands() throws IOException {
        MovedBuild build = MovedBuild.supervisord(
                        directory, "COPY app /etc/sudoers.d/app\nCMD [\"supervisord\", \"-n\"]\n")
                .with("app", """
                        # supervisorctl for the deployers
                        Cmnd_Alias WEB = /usr/bin/supervisorctl restart web, \\
                                         /usr/bin/supervisorctl stop job\\:*
                        www ALL=(root) NOPASSWD: /usr/bin/supervisorctl, /usr/bin/supervisorctl fg web
                        """)
                .move();
        assertEquals("""
                # supervisorctl for the deployers
                Cmnd_Alias WEB = /usr/bin/pintle restart web, \\
                                 /usr/bin/pintle stop @job
                www ALL=(root) NOPASSWD: /usr/bin/pintle, /usr/bin/supervisorctl fg web
                """, build.file("app"), build::all);
        assertTrue(build.fates("app", 4).toString().contains("'supervisorctl fg' has no counterpart"), build::all);
    }

    /** What echo and sed make a line end of is no part of a path. */
    @Test
    void escapesBeforeAPathStay() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        RUN echo -e '\\n/usr/bin/supervisorctl signal hup web' >>/etc/rotate.sh
                        RUN printf "#!/bin/sh\\nsupervisorctl restart web\\n" > /etc/cron.daily/web
                        RUN sed -i 's|x|a\\tsupervisorctl stop web|' /etc/rotate.sh
                        CMD ["supervisord", "-n"]
                        """).move();
        String after = build.file("Dockerfile");
        assertTrue(after.contains("RUN echo -e '\\n/usr/bin/pintle signal web hup' >>/etc/rotate.sh\n"), after);
        assertTrue(after.contains("RUN printf \"#!/bin/sh\\npintle restart web\\n\" > /etc/cron.daily/web\n"), after);
        assertTrue(after.contains("RUN sed -i 's|x|a\\tpintle stop web|' /etc/rotate.sh\n"), after);
    }

    private MovedBuild services(String lines) throws IOException {
        return new MovedBuild(directory)
                .runit()
                .with("services/web.sh", "#!/bin/sh\nexec web\n")
                .with("services/job.sh", "#!/bin/sh\nexec job\n")
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y runit\nCOPY services /tmp/services\n" + lines
                                + "CMD [\"runsvdir\", \"/etc/service\"]\n")
                .move();
    }

    /** A loop puts each of its files into its place, and goes with them. */
    @Test
    void loopsOfTheBuildAreFollowed() throws IOException {
        for (String lines : List.of(
                "RUN for f in web job; do mkdir -p /etc/service/$f; mv /tmp/services/$f.sh /etc/service/$f/run; done\n",
                "RUN for f in /tmp/services/*.sh; do name=$(basename $f .sh); mkdir -p /etc/service/$name; cp $f"
                        + " /etc/service/$name/run; done && chmod +x /etc/service/*/run\n",
                "RUN for f in $(ls /tmp/services); do mkdir \"/etc/service/${f%.sh}\" && echo $f && install"
                        + " \"/tmp/services/$f\" \"/etc/service/${f%.sh}/run\"; done\n",
                "WORKDIR /tmp/services\nRUN for f in *.sh; do mkdir /etc/service/`basename $f .sh`; cp $f /etc/service/`basename"
                        + " $f .sh`/run; done\n",
                "ENV ALL=\"web job\"\nRUN for f in $ALL; do install -D /tmp/services/$f.sh /etc/service/$f/run; done\n",
                "RUN for a in etc; do for f in {web,job}; do install -D /tmp/services/$f.sh /$a/service/$f/run; done;"
                        + " done\n")) {
            MovedBuild build = services(lines);
            assertTrue(carriesAll(build), () -> lines + build.all());
            assertEquals(List.of("job", "web"), build.services(), lines);
            assertFalse(build.file("Dockerfile").contains("/etc/service"), () -> lines + build.all());
        }
    }

    /** What else a loop does is still done, or nobody knows where its files are. */
    @Test
    void loopsThatDoMoreStay() throws IOException {
        for (String more : List.of("adduser $f", "echo $f >> /etc/all")) {
            MovedBuild build = services("RUN for f in web job; do install -D /tmp/services/$f.sh /etc/service/$f/run; "
                    + more + "; done\n");
            assertTrue(carriesAll(build), build::all);
            assertEquals(List.of("job", "web"), build.services(), more);
            assertTrue(
                    build.file("Dockerfile").contains("RUN for f in web job; do true; " + more + "; done\n"),
                    build::all);
        }
        MovedBuild unknown =
                services("RUN for f in $(cat /list); do install -D /tmp/services/$f.sh /etc/service/$f/run; done\n");
        assertEquals(3, unknown.code(), unknown::all);
    }

    @Test
    void scriptsOfTheBuildAreFollowed() throws IOException {
        for (String script : List.of(
                "#!/bin/bash\nset -e\ncp /build/deploy/etc/supervisord.conf /etc/\n",
                "#!/bin/sh\ncd \"$(dirname \"$0\")\"\ncp deploy/etc/*.conf /etc/\n",
                "#!/bin/bash\nHERE=$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)\ncp $HERE/deploy/etc/super$1.conf /etc/\n",
                "#!/bin/sh\nfor f in deploy/*/*.conf; do\n  install -m 644 $f /etc/\ndone\n")) {
            MovedBuild build = with(
                            "COPY . /build\nWORKDIR /build\nRUN ./install.sh visord && rm install.sh\n",
                            "CMD [\"supervisord\", \"-n\"]")
                    .with("install.sh", script)
                    .move();
            assertEquals(List.of("job_00", "job_01", "web"), build.services(), () -> script + build.all());
            int line = (int) script.substring(0, script.indexOf("/etc/\n"))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            build.notCarried("install.sh", line);
            assertTrue(build.all().contains("it puts what was converted to /etc/supervisord.conf"), build::all);
        }
    }

    /** A script that runs itself, or another one that runs it, is looked at once. */
    @Test
    void scriptsThatRunEachOtherEnd() throws IOException {
        MovedBuild build = with("COPY . /build\nRUN bash /build/a.sh\n", "CMD [\"supervisord\", \"-n\"]")
                .with("a.sh", "#!/bin/sh\n/build/b.sh\n/build/a.sh\n")
                .with("b.sh", "#!/bin/sh\n. /build/a.sh\ncp /build/deploy/etc/supervisord.conf /etc/\n")
                .move();
        assertEquals(List.of("job_00", "job_01", "web"), build.services(), build::all);
    }

    /** What is fetched or unpacked to where the supervisor looks may be for it. */
    @Test
    void whatNobodyKnowsHereIsSaid() throws IOException {
        for (String run : List.of(
                "RUN cd /etc/app && git clone https://example.org/conf.git conf.d",
                "WORKDIR /etc/app\nRUN curl -sL https://example.org/x | tar xz -C conf.d",
                "RUN curl -sL https://example.org/x | tar xzf - --directory=/etc/app",
                "RUN wget -O /tmp/a.zip https://example.org/a && unzip -q /tmp/a.zip -d /",
                "RUN cd /src && ./configure && make && make install",
                "COPY make.sh /\nRUN sh /make.sh")) {
            MovedBuild build = new MovedBuild(directory)
                    .with("etc/other.txt", "other\n")
                    .with("make.sh", "set -e\ngit clone https://example.org/x /etc/app/conf.d/x\n")
                    .with("etc/main.conf", MovedBuild.CONFIGURATION + "[include]\nfiles=conf.d/*.conf\n")
                    .with(
                            "etc/conf.d/one.conf",
                            "[program:one]\ncommand=one\nstdout_logfile=NONE\nstderr_logfile=NONE\n")
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY etc /etc/app\n" + run
                                    + "\nCMD [\"supervisord\", \"-n\", \"-c\", \"/etc/app/main.conf\"]\n")
                    .move();
            int line = run.contains("\n") ? 5 : 4;
            assertTrue(build.has("Dockerfile", line, "approximated"), () -> run + build.all());
            assertTrue(build.all().contains("is not known here: what it has for /etc/app/conf.d"), build::all);
        }
    }

    @Test
    void whatGoesElsewhereIsNotSpokenOf() throws IOException {
        MovedBuild build = with("""
                COPY deploy/etc/supervisord.conf /etc/
                RUN git clone https://example.org/app /opt/app && curl https://example.org/x | tar xz -C /opt
                RUN tar czf /tmp/all.tgz / && make
                """, "CMD [\"supervisord\", \"-n\"]").move();
        assertFalse(build.all().contains("is not known here"), build::all);
        assertTrue(carriesAll(build), build::all);
    }

    @Test
    void aConfigurationThatARepositoryMayHaveIsNotFound() throws IOException {
        MovedBuild build = with(
                        "RUN git clone https://example.org/app /opt/app\n",
                        "CMD [\"supervisord\", \"-c\", \"/opt/app/supervisord.conf\"]")
                .move();
        assertEquals(3, build.code());
        assertTrue(
                build.all().contains("it may be in what these bring: git clone (" + directory + "/Dockerfile:3)"),
                build::all);
    }

    /** Nobody knows here whether it is true when the image is built. */
    @Test
    void whatAConditionPutsThereIsNotTakenForSure() throws IOException {
        String cp = "cp /src/etc/supervisord.conf /etc/";
        for (String run : List.of(
                "if [ \"$X\" = a ]; then " + cp + "; fi",
                "[ \"$X\" = a ] && mkdir -p /x && " + cp,
                "prepare || " + cp,
                "case $X in a) " + cp + ";; esac",
                "if test -n \"$X\"; then sh /src/i.sh; fi")) {
            MovedBuild build = with("COPY deploy /src\nRUN " + run + "\n", "CMD [\"/src/bin/start.sh\"]")
                    .with("deploy/i.sh", cp + "\n")
                    .move();
            build.notCarried("Dockerfile", 4);
            assertTrue(
                    build.all().contains("a condition of the build decides what is put to /etc/supervisord.conf"), run);
        }
        MovedBuild sure = with(
                        "COPY deploy /src\nRUN if A; then b; fi; set -e && cd /src && " + cp + "\n",
                        "CMD [\"/src/bin/start.sh\"]")
                .move();
        assertFalse(sure.has("Dockerfile", 4, "not carried"), sure::all);
    }
}
