package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change the configuration, when the image is built and when the container starts. */
class ChangedConfigurationKindsTest {

    private static final String PART = """
            [program:%s]
            command=%1$s
            stdout_logfile=/dev/stdout
            stdout_logfile_maxbytes=0
            redirect_stderr=true
            """;

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild fresh(String name, String dockerfile) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, name)).with("Dockerfile", dockerfile);
    }

    /** A configuration that is copied with all of the context, and so stays in the image. */
    private MovedBuild staying(String rest) throws IOException {
        return fresh("staying", "FROM debian:12\nWORKDIR /srv\nCOPY . /srv\n" + rest)
                .with(
                        "etc/super.conf",
                        "[supervisord]\nnodaemon=true\n[include]\nfiles=parts/*.conf\n" + PART.formatted("web"))
                .with("etc/parts/mail.conf", PART.formatted("mail"))
                .with("etc/parts/cron.conf", PART.formatted("cron"));
    }

    /** Directories of services that are copied by themselves, and so are gone. */
    private MovedBuild gone(String rest) throws IOException {
        return fresh("gone", "FROM debian:12\nCOPY parts /etc/supervisor/conf.d\n" + rest)
                .with("parts/mail.conf", PART.formatted("mail"))
                .with("parts/cron.conf", PART.formatted("cron"));
    }

    private static void linesOf(MovedBuild build, String name, int first, List<Boolean> notCarried) {
        for (int i = 0; i < notCarried.size(); i++) {
            int line = first + i;
            assertEquals(notCarried.get(i), build.has(name, line, "not carried"), () -> line + build.all());
        }
    }

    @Test
    void aStartScriptChangesAConfigurationThatStays() throws IOException {
        String script = """
                #!/bin/bash
                sed -i "s/web/$WEB/" /srv/etc/super.conf
                echo "[program:late]" >> "/srv/etc/super.conf"
                printf x | tee -a /srv/etc/super.conf
                envsubst < /srv/etc/super.conf > /tmp/x && mv /tmp/x /srv/etc/super.conf
                [ "$MAIL" = no ] && rm etc/parts/mail.conf
                mv /srv/etc/parts/cron.conf /srv/disabled/
                cd /srv/etc/parts
                perl -pi -e 's/cron/at/' cron.conf
                for f in /srv/etc/parts/*.conf; do sed -i 's/a/b/' "$f"; done
                find /srv -name '*.conf' -delete
                CONF=/srv/etc/super.conf; : > "$CONF"
                cp /srv/optional/a.conf /srv/etc/parts/a.conf
                rm -f parts/$NAME.conf /srv/etc/parts/$NAME.conf
                exec supervisord -c /srv/etc/super.conf
                """;
        MovedBuild build =
                staying("CMD [\"/srv/start.sh\"]\n").with("start.sh", script).move();
        linesOf(build, "start.sh", 2, IntStream.range(2, 8).mapToObj(i -> true).toList());
        linesOf(build, "start.sh", 9, IntStream.range(9, 15).mapToObj(i -> true).toList());
        assertEquals(script.replace("supervisord -c /srv/etc/super.conf", "/init"), build.file("start.sh"));
    }

    @Test
    void aStartScriptMayReadAConfigurationThatStays() throws IOException {
        String script = """
                #!/bin/sh
                cat /srv/etc/super.conf
                grep web /srv/etc/super.conf > /tmp/web
                cp /srv/etc/super.conf /tmp/super.conf
                sed -n p /srv/etc/parts/mail.conf
                sed -i 's/a/b/' /srv/etc/nginx.conf
                rm -rf /srv/cache /srv/etc/nginx.conf
                sed -i 's/nodaemon=false/nodaemon=true/' /srv/etc/super.conf
                chmod 644 /srv/etc/super.conf
                echo x > /srv/etc/nginx.conf
                exec supervisord -c /srv/etc/super.conf
                """;
        MovedBuild build =
                staying("CMD [\"/srv/start.sh\"]\n").with("start.sh", script).move();
        linesOf(
                build,
                "start.sh",
                2,
                IntStream.range(2, 11).mapToObj(i -> false).toList());
    }

    @Test
    void theBuildChangesAConfigurationThatStays() throws IOException {
        MovedBuild build = staying("""
                        RUN sed -i 's/web/www/' /srv/etc/super.conf && echo done
                        RUN rm etc/parts/mail.conf
                        RUN apt-get update; mv /srv/etc/parts/cron.conf /srv/etc/parts/cron.conf.off
                        RUN find . -name 'm*.conf' | xargs rm
                        RUN cat etc/super.conf
                        RUN python3 -c "open('/srv/etc/super.conf', 'a').write('x')"
                        CMD sed -i s/x/y/ etc/super.conf && exec supervisord -c /srv/etc/super.conf
                        """).move();
        linesOf(build, "Dockerfile", 4, List.of(true, true, true, true, false, true));
        assertTrue(build.file("Dockerfile").contains("RUN rm etc/parts/mail.conf\n"), build::all);
        assertTrue(build.all().contains("it changes /srv/etc/super.conf, which nothing reads any more"), build::all);
    }

    @Test
    void programsOfOtherLanguagesChangeIt() throws IOException {
        MovedBuild build = staying("CMD [\"supervisord\", \"-c\", \"/srv/etc/super.conf\"]\n")
                .with("edit.py", "open('/srv/etc/super.conf', 'a')\nprint(open('/srv/etc/super.conf').read())\n")
                .with("edit.php", "<?php\nfile_put_contents('/srv/etc/super.conf', $x);\n")
                .move();
        linesOf(build, "edit.py", 1, List.of(true, false));
        linesOf(build, "edit.php", 2, List.of(true));
    }

    @Test
    void whatAStartScriptRemovesWasASwitch() throws IOException {
        MovedBuild build = gone("COPY start.sh /\nCMD [\"/start.sh\"]\n")
                .with("start.sh", """
                        #!/bin/bash
                        if [ "$MAIL" = no ]; then rm -f /etc/supervisor/conf.d/mail.conf; fi
                        [ -n "$NONE" ] && rm -rf /etc/supervisor/conf.d/*
                        rm -f /etc/supervisor/conf.d/{mail,cron}.conf
                        rm -rf /etc/supervisor
                        rm -f /var/run/supervisord.pid /var/run/supervisor.sock /var/log/supervisor/*.log
                        rm -f /etc/supervisor/conf.d/other.conf
                        exec supervisord -n
                        """)
                .move();
        linesOf(build, "start.sh", 2, List.of(true, true, true, true, false, false));
        assertTrue(build.fates("start.sh", 2).toString().contains("enabled = ${VARIABLE}"), build::all);
    }

    @Test
    void whatTheBuildRemovesWasConverted() throws IOException {
        MovedBuild build = gone("""
                        RUN rm /etc/supervisor/conf.d/mail.conf
                        RUN mv /etc/supervisor/conf.d/mail.conf /etc/supervisor/conf.d/mail.conf.off
                        RUN cd /etc/supervisor/conf.d && rm -f cron.conf
                        RUN find /etc/supervisor -name 'cr*' -delete
                        RUN rm -rf /etc/supervisor/conf.d && mkdir -p /etc/supervisor/conf.d
                        RUN ln -sf /dev/null /etc/supervisor/conf.d/cron.conf
                        RUN rm -rf /var/lib/apt/lists/*
                        CMD ["supervisord", "-n"]
                        """).move();
        List<String> report = build.all()
                .lines()
                .filter(line -> line.contains("/Dockerfile\", \"line\": ") && line.contains("not carried"))
                .toList();
        for (int line : List.of(3, 4, 5, 6, 7, 8)) {
            assertTrue(report.stream().anyMatch(each -> each.contains("\"line\": " + line + ",")), build::all);
        }
        assertFalse(build.has("Dockerfile", 9, "not carried"), build::all);
    }

    @Test
    void whatIsRemovedBeforeItIsCopiedIsNot() throws IOException {
        MovedBuild build = fresh("before", """
                        FROM debian:12
                        RUN rm -f /etc/supervisor/conf.d/*
                        COPY parts /etc/supervisor/conf.d
                        CMD ["supervisord", "-n"]
                        """)
                .with("parts/mail.conf", PART.formatted("mail"))
                .move();
        assertFalse(build.all().contains("not carried\","), build::all);
        MovedBuild placed = fresh("placed", """
                        FROM debian:12
                        COPY . /src
                        RUN rm -f /etc/supervisor/conf.d/* && cp /src/parts/mail.conf /etc/supervisor/conf.d/ && rm -rf /src
                        CMD ["supervisord", "-n"]
                        """)
                .with("parts/mail.conf", PART.formatted("mail"))
                .move();
        assertFalse(placed.all().contains("not carried\","), placed::all);
        MovedBuild moved = fresh("moved", """
                        FROM debian:12
                        COPY parts /src
                        RUN mv /src/mail.conf /etc/supervisor/conf.d/
                        CMD ["supervisord", "-n"]
                        """)
                .with("parts/mail.conf", PART.formatted("mail"))
                .move();
        assertFalse(moved.all().contains("not carried\","), moved::all);
    }

    @Test
    void aStageThatIsCopiedFromChangesIt() throws IOException {
        MovedBuild build = fresh("stage", """
                        FROM debian:12 AS files
                        COPY . /in
                        RUN sed -i 's/mail/post/' /in/parts/mail.conf
                        RUN rm /in/parts/cron.conf
                        RUN rm /in/other
                        FROM debian:12
                        COPY --from=files /in/parts /etc/supervisor/conf.d
                        CMD ["supervisord", "-n"]
                        """)
                .with("parts/mail.conf", PART.formatted("mail"))
                .with("parts/cron.conf", PART.formatted("cron"))
                .move();
        linesOf(build, "Dockerfile", 3, List.of(true, true, false));
    }

    @Test
    void servicesOfRunitThatTheBuildRemoves() throws IOException {
        for (String command : List.of(
                "rm -rf /etc/service/job",
                "mv /etc/service/job /etc/sv-off",
                "sed -i 's/^exec .*/exec other/' /etc/service/job/run",
                "cd /etc/service && rm -r job")) {
            MovedBuild build = fresh(
                            "runit",
                            "FROM debian:12\nCOPY service /etc/service\nRUN " + command
                                    + "\nCMD [\"runsvdir\", \"-P\", \"/etc/service\"]\n")
                    .with("service/web/run", "#!/bin/sh\nexec 2>&1\nexec web\n")
                    .with("service/job/run", "#!/bin/sh\nexec 2>&1\nexec job\n")
                    .runit()
                    .move();
            assertTrue(build.all().contains("not carried\","), command + build.all());
        }
    }

    @Test
    void scriptsOfSed() {
        for (String words : List.of(
                "-i|s/\\r$//",
                "-i|-e|s/\\r//g",
                "-ie|s/\\r$//",
                "-i.bak|--expression=s#\\r##",
                "-i|s/nodaemon=false/nodaemon=true/",
                "-i|s/^;*nodaemon.*/nodaemon=true/g",
                "-i|/^\\[supervisord\\]/a nodaemon=true",
                "-i|s/\\[supervisord\\]/[supervisord]\\nnodaemon=true/",
                "-i|/nodaemon/d")) {
            assertTrue(edit(words).changeNothing(), words);
        }
        for (String words : List.of(
                "-i|s/^command=.*/command=x/",
                "-i|-es/a/b/",
                "-i|/x/d",
                "-i|/\\[program:web\\]/a user=www",
                "-i|$a [program:x]",
                "-ri|s/[a-z]+x/y/",
                "-i|-f|/tmp/x.sed",
                "-i|--file=/x",
                "-i|-e|s/\\r$//|-e|s/a/b/",
                "-i|s/nodaemon=true/nodaemon=true\\n[program:x]/",
                "-i|s/nodaemon\\|command=.*/nodaemon=true/",
                "-i|/etc/d",
                "-i")) {
            assertFalse(edit(words).changeNothing(), words);
        }
        assertEquals(List.of("/a.conf", "b"), edit("-n|-i|s/a/b/|--|/a.conf|b").files());
    }

    private static EditWords edit(String words) {
        return EditWords.of(List.of(("sed|" + words).split("\\|(?=[^|])(?!command)", -1)));
    }
}
