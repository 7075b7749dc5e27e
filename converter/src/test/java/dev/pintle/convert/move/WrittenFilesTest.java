package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that the build itself writes. */
class WrittenFilesTest {

    private static final String START = "CMD [\"supervisord\", \"-n\", \"-c\", \"/etc/supervisor/supervisord.conf\"]\n";

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild build(String lines) {
        return new MovedBuild(directory).with("Dockerfile", "FROM debian:12\n" + lines + START);
    }

    private static String command(MovedBuild build, String service) throws IOException {
        return build.file("out/etc/pintle/services/" + service + "/service.conf")
                .lines()
                .filter(line -> line.startsWith("command"))
                .findFirst()
                .orElse("");
    }

    @Test
    void plainTextIsReadWhateverWritesIt() throws IOException {
        String conf = "[program:web]\ncommand=web --port %(ENV_PORT)s\n";
        String place = "/etc/supervisor/conf.d/web.conf";
        for (String lines : List.of(
                "COPY <<EOF " + place + "\n" + conf + "EOF\n",
                "COPY --chmod=644 <<web.conf /etc/supervisor/conf.d/\n" + conf + "web.conf\n",
                "RUN cat <<EOF > " + place + "\n" + conf + "EOF\n",
                "RUN cat <<-EOF >" + place + "\n\t" + conf.replace("\n", "\n\t") + "EOF\n",
                "RUN tee " + place + " >/dev/null <<'EOF'\n" + conf + "EOF\n",
                "RUN <<SCRIPT\ncat > " + place + " <<EOF\n" + conf + "EOF\nSCRIPT\n",
                "RUN bash <<SCRIPT\ntee " + place + " <<EOF\n" + conf + "EOF\nSCRIPT\n",
                """
                ENV D=/etc/supervisor
                RUN echo '[program:web]' > $D/conf.d/web.conf
                RUN echo "command=web --port %(ENV_PORT)s" >> ${D}/conf.d/web.conf
                """,
                "WORKDIR /etc/supervisor\nRUN printf '[program:%s]\\ncommand=web --port %%(ENV_PORT)s\\n' web > conf.d/web.conf\n",
                "RUN printf '%s\\n' '[program:web]' 'command=web --port %(ENV_PORT)s' > " + place + "\n",
                "RUN cd /etc/supervisor && cat <<EOF > conf.d/web.conf\n" + conf + "EOF\n",
                "WORKDIR \"/etc/supervisor\"\nRUN (cd /tmp) && tee conf.d/web.conf <<EOF\n" + conf + "EOF\n",
                "WORKDIR '/etc/supervisor'\nCOPY <<web.conf conf.d/\n" + conf + "web.conf\n")) {
            MovedBuild build =
                    build("RUN apt-get install -y supervisor\n" + lines).move();
            assertEquals(0, build.code(), () -> lines + build.all());
            assertTrue(command(build, "web").startsWith("command = web --port "), lines);
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
            assertFalse(build.file("Dockerfile").contains("conf.d"), () -> lines + build.all());
            assertTrue(build.file("Dockerfile").endsWith("CMD [\"/init\"]\n"), build::all);
        }
    }

    @Test
    void whatStandsBesideItStays() throws IOException {
        MovedBuild build = build("""
                        RUN mkdir -p /etc/supervisor/conf.d && echo one \\
                         && cat > /etc/supervisor/conf.d/a.conf <<EOF && chmod 600 /etc/supervisor/conf.d/a.conf && echo two
                        [program:a]
                        command=a
                        EOF
                        RUN echo '[program:b]' > /etc/supervisor/conf.d/b.conf && chmod 600 /etc/supervisor/conf.d/b.conf
                        RUN echo 'command=b' >> /etc/supervisor/conf.d/b.conf
                        COPY install.sh /
                        RUN /install.sh
                        """).with("install.sh", """
                        #!/bin/sh
                        mkdir -p /etc/supervisor/conf.d && cat > /etc/supervisor/conf.d/c.conf <<'EOF'
                        [program:c]
                        command=c $HOME
                        EOF
                        touch /done
                        """).move();
        assertTrue(build.file("Dockerfile").startsWith("""
                                FROM debian:12
                                RUN mkdir -p /etc/supervisor/conf.d && echo one && echo two
                                COPY install.sh /
                                RUN /install.sh
                                ADD\s"""), build::all);
        assertEquals("#!/bin/sh\nmkdir -p /etc/supervisor/conf.d\ntouch /done\n", build.file("install.sh"));
        assertEquals("command = a", command(build, "a"));
        assertEquals("command = b", command(build, "b"));
        assertEquals("command = c $$HOME", command(build, "c"));
        assertTrue(
                build.fates("install.sh", 2).toString().contains("it wrote /etc/supervisor/conf.d/c.conf"), build::all);
    }

    @Test
    void whatIsNotPlainIsNamed() throws IOException {
        String known = "COPY <<EOF /etc/supervisor/conf.d/known.conf\n[program:known]\ncommand=known\nEOF\n";
        String place = "/etc/supervisor/conf.d/a.conf";
        for (String line : List.of(
                "RUN echo \"[program:$NAME]\" > " + place,
                "RUN echo '[program:a]\\ncommand=a' > " + place,
                "RUN printf '[program:a]\\ncommand=%d\\n' 1 > " + place,
                "RUN if [ -n \"$A\" ]; then echo '[program:a]' > " + place + "; fi",
                "RUN [ -n \"$A\" ] && echo '[program:a]' > " + place + " || true",
                "RUN for i in 1 2; do echo '[program:a]' >> " + place + "; done",
                "RUN { echo '[program:a]'; echo 'command=a'; } > " + place,
                "RUN generate | tee " + place,
                "RUN generate > " + place,
                "RUN cat <<EOF > " + place + "\n[program:a]\ncommand=`which a`\nEOF")) {
            MovedBuild build = build(known + line + "\n").move();
            assertEquals(0, build.code(), build::all);
            List<String> fates = build.fates("Dockerfile", 6);
            assertTrue(fates.stream().anyMatch(fate -> fate.contains("not carried")), () -> line + build.all());
        }
    }

    @Test
    void aScriptsBranchesAreNamed() throws IOException {
        MovedBuild build = build("COPY install.sh /\nRUN /install.sh\n")
                .with("install.sh", """
                        #!/bin/sh
                        if [ -n "$A" ]; then
                        cat > /etc/supervisor/conf.d/a.conf <<EOF
                        [program:a]
                        command=a
                        EOF
                        fi
                        [ -e /x ] && exit 0
                        cat > /etc/supervisor/conf.d/b.conf <<EOF
                        [program:b]
                        command=b
                        EOF
                        """)
                .move();
        assertEquals(3, build.code());
        assertTrue(
                build.all()
                        .contains("it may be made by commands: " + directory + "/install.sh:3, " + directory
                                + "/install.sh:9\n    > put"),
                build::all);
    }

    @Test
    void aScriptWritesWhereItIsRun() throws IOException {
        String write = "cat > web.conf <<EOF\n[program:web]\ncommand=web\nEOF\n";
        for (String[] each : new String[][] {
            {"WORKDIR /etc/supervisor/conf.d\nRUN /install.sh\n", ""},
            {"RUN cd /etc/supervisor/conf.d && sh /install.sh\n", ""},
            {"WORKDIR /etc\nRUN /install.sh\n", "cd supervisor/conf.d\n"},
            {"RUN /install.sh\n", "cd /etc/supervisor/conf.d || exit 1\n"}
        }) {
            MovedBuild build = build("RUN apt-get install -y supervisor\nCOPY install.sh /\n" + each[0])
                    .with("install.sh", "#!/bin/sh\n" + each[1] + write)
                    .move();
            assertEquals(0, build.code(), () -> each[0] + each[1] + build.all());
            assertEquals("command = web", command(build, "web"), build::all);
        }
        MovedBuild elsewhere = build("RUN apt-get install -y supervisor\nCOPY install.sh /\nRUN /install.sh\n")
                .with("install.sh", "#!/bin/sh\ncd \"$(mktemp -d)\"\n" + write)
                .move();
        assertEquals(3, elsewhere.code(), elsewhere::all);
    }

    @Test
    void whatIsAddedToAnotherFileIsNamed() throws IOException {
        MovedBuild build =
                build("""
                        COPY supervisord.conf /etc/supervisor/supervisord.conf
                        RUN printf '[program:a]\\ncommand=a\\n' >> /etc/supervisor/supervisord.conf
                        """).with("supervisord.conf", MovedBuild.CONFIGURATION).move();
        assertTrue(build.fates("Dockerfile", 3).toString().contains("not carried"), build::all);
    }

    @Test
    void theLastWriterDecides() throws IOException {
        MovedBuild build = build("""
                        RUN echo '[program:a]' > /etc/supervisor/conf.d/x.conf
                        COPY <<EOF /etc/supervisor/conf.d/x.conf
                        [program:b]
                        command=b
                        EOF
                        """).move();
        assertEquals(0, build.code(), build::all);
        assertEquals("command = b", command(build, "b"));
        assertFalse(build.file("Dockerfile").contains("x.conf"), build::all);
    }

    @Test
    void serviceDirectoriesAreReadToo() throws IOException {
        MovedBuild build =
                new MovedBuild(directory).runit().with("Dockerfile", """
                        FROM alpine
                        RUN apk add runit
                        RUN mkdir -p /etc/service/a && printf '#!/bin/sh\\nexec a -x\\n' > /etc/service/a/run && chmod +x /etc/service/a/run
                        COPY --chmod=755 <<'EOF' /etc/service/b/run
                        #!/bin/sh
                        exec b $HOME/x
                        EOF
                        RUN echo "exec $C" > /etc/service/c/run
                        CMD ["runsvdir", "/etc/service"]
                        """).move();
        assertEquals(0, build.code(), build::all);
        assertEquals("command = a -x", command(build, "a"));
        assertEquals("#!/bin/sh\nexec b $HOME/x\n", build.file("out/etc/pintle/services/b/run"));
        assertTrue(build.fates("Dockerfile", 8).toString().contains("not carried"), build::all);
        assertTrue(build.file("Dockerfile").contains("RUN mkdir -p /etc/service/a\nRUN echo"), build::all);
    }

    /** A script of which the build writes one line after the other, as it is written there. */
    @Test
    void startScriptsThatLinesAreWrittenToAreEdited() throws IOException {
        String frame = "RUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/supervisord.conf\n";
        String before = "exec supervisord -n -c /etc/supervisord.conf";
        for (String lines : List.of(
                "RUN echo '#!/bin/sh' > /start.sh && \\\n echo 'migrate' >> /start.sh && \\\n echo '" + before
                        + "' >> /start.sh\n",
                "RUN echo \"#!/bin/sh\" > /start.sh\nRUN echo migrate >> /start.sh\nRUN echo " + before
                        + " >> /start.sh\n",
                "RUN printf '#!/bin/sh\\nmigrate\\n" + before + "\\n' > /start.sh\n",
                "RUN printf '%s\\n' '#!/bin/sh' \"migrate\" '" + before + "' > /start.sh\n",
                "RUN echo '#!/bin/sh' > /start.sh\nRUN cat >> /start.sh <<'EOF'\nmigrate\n" + before + "\nEOF\n")) {
            MovedBuild build = new MovedBuild(directory)
                    .with("supervisord.conf", MovedBuild.CONFIGURATION)
                    .with("Dockerfile", "FROM debian:12\n" + frame + lines + "CMD [\"sh\", \"/start.sh\"]\n")
                    .move();
            assertEquals(0, build.code(), () -> lines + build.all());
            assertTrue(
                    build.file("Dockerfile").contains(lines.replace(before, "exec /init")), () -> lines + build.all());
        }
    }

    /** What a shell makes of a word is not what stands there. */
    @Test
    void startScriptsWithExpansionsAreRefused() throws IOException {
        for (String line : List.of(
                "RUN echo \"exec supervisord -n -c $CONF\" > /start.sh\n",
                "RUN echo -e 'migrate\\nexec supervisord -n' > /start.sh\n",
                "RUN printf 'exec supervisord -n -c %s\\n' /etc/supervisord.conf > /start.sh\n")) {
            MovedBuild build = new MovedBuild(directory)
                    .with("supervisord.conf", MovedBuild.CONFIGURATION)
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nCOPY supervisord.conf /etc/supervisord.conf\n" + line
                                    + "CMD [\"sh\", \"/start.sh\"]\n")
                    .move();
            assertEquals(3, build.code(), () -> line + build.all());
        }
    }
}
