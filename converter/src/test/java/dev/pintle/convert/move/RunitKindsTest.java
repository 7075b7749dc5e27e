package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of builds with runit, and with my_init. */
class RunitKindsTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void phusionsMainCommandIsInits() throws IOException {
        String frame = "FROM phusion/baseimage\nCOPY service /etc/service\nRUN chmod +x /etc/service/*/run\n";
        for (List<String> lines : List.of(
                List.of(
                        "CMD [\"/sbin/my_init\", \"--quiet\", \"--\", \"app\", \"-x\"]\n",
                        "CMD [\"/init\", \"app\", \"-x\"]\n"),
                List.of(
                        "ENTRYPOINT [\"/sbin/my_init\", \"--\"]\nCMD [\"app\"]\n",
                        "ENTRYPOINT [\"/init\"]\nCMD [\"app\"]\n"))) {
            MovedBuild build = new MovedBuild(directory)
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("Dockerfile", frame + lines.get(0))
                    .move();
            assertTrue(build.file("Dockerfile").endsWith(lines.get(1)), build::all);
        }
    }

    /** What names one service is none of all of them. */
    @Test
    void servicesThatACommandNamesAreNotAllOfThem() throws IOException {
        String sv = "/usr/lib/pintle/compat/runit/sv ";
        for (String[] each : new String[][] {
            {"sv stop /etc/service/*", "pintle stop all"},
            {"sv restart $(ls -1 /etc/service)", "pintle restart all"},
            {"sv up *", "pintle start all"},
            {"sv restart \"$(basename \"$x\")\"", sv + "restart \"$(basename \"$x\")\""},
            {"sv -w 9 stop $(basename $x)", sv + "-w 9 stop $(basename $x)"},
            {"sv restart ${x##*/}", sv + "restart ${x##*/}"},
            {"sv stop /etc/service/worker-*", ""},
            {"sv stop \"$(ls /etc/service | grep job)\"", ""},
            {"sv stop $(find /etc/service -name w)", ""}
        }) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "names"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("tool.sh", "#!/bin/sh\n" + each[0] + "\n")
                    .with("Dockerfile", """
                            FROM alpine
                            RUN apk add runit
                            COPY service /etc/service
                            COPY tool.sh /
                            CMD ["runsvdir", "/etc/service"]
                            """)
                    .move();
            boolean stays = each[1].isEmpty();
            assertEquals("#!/bin/sh\n" + (stays ? each[0] : each[1]) + "\n", build.file("tool.sh"), build::all);
            assertEquals(stays, build.has("tool.sh", 2, "not carried"), () -> each[0] + build.all());
        }
    }

    /** Without one, runsv cannot start the service. */
    @Test
    void aRunScriptWithoutExecuteBitsIsSwitchedOff() throws IOException {
        for (String command : List.of(
                "chmod -x /etc/service/web/run",
                "chmod a-x /etc/service/w*/run",
                "cd /etc/service && chmod ugo-x web/run",
                "chmod 0644 /etc/service/web/run && true",
                "chmod u=rw,go=r /etc/service/web/run",
                "find /etc/service/web -name 'r*' -exec chmod -x {} +")) {
            assertEquals(List.of("web"), switchedOff(command), command);
        }
        for (String command : List.of(
                "chmod go-x /etc/service/web/run",
                "chmod 744 /etc/service/web/run",
                "chmod -x /etc/service/web/finish",
                "find /etc/service -name finish -exec chmod -x {} +",
                "chmod -x /etc/service/web/run && chmod +x /etc/service/web/run")) {
            assertEquals(List.of(), switchedOff(command), command);
        }
    }

    private List<String> switchedOff(String command) throws IOException {
        MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "off"))
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("service/web/finish", "#!/bin/sh\ntrue\n")
                .with("service/job/run", "#!/bin/sh\nexec job\n")
                .with(
                        "Dockerfile",
                        "FROM alpine\nRUN apk add runit\nCOPY service /etc/service\nRUN " + command
                                + "\nCMD [\"runsvdir\", \"/etc/service\"]\n")
                .move();
        List<String> off = new ArrayList<>();
        for (String name : build.services()) {
            if (build.file("out/etc/pintle/services/" + name + "/service.conf").contains("autostart = no")) {
                off.add(name);
            }
        }
        return off;
    }

    @Test
    void switchesOfRunitAreSaid() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("start", """
                        #!/bin/sh
                        [ -n "$OFF" ] && touch /etc/service/web/down
                        rm -f /etc/service/sshd/down
                        sv -w 5 restart web
                        sv stop /etc/service/*
                        chpst -u app prepare
                        exec runsvdir -P /etc/service
                        """)
                .with(
                        "Dockerfile",
                        "FROM alpine\nRUN apk add runit\nCOPY service /etc/service\nCOPY start /start\nCMD /start\n")
                .move();
        build.notCarried("start", 2);
        build.notCarried("start", 3);
        String start = build.file("start");
        assertTrue(start.contains("/usr/lib/pintle/compat/runit/sv -w 5 restart web\npintle stop all\n"), start);
        assertTrue(start.contains("/usr/lib/pintle/compat/runit/chpst -u app prepare\nexec /init\n"), start);
        assertTrue(build.file("Dockerfile").endsWith("CMD exec /start\n"), build::all);
    }

    @Test
    void aDirectoryThatRunsvdirIsToldOfIsTheSupervisors() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("app/service/web/run", "#!/bin/sh\nexec web\n")
                .with("app/start", """
                        #!/bin/sh
                        LATE=/app/service/late
                        mkdir -p $LATE
                        cp /app/late $LATE/run
                        cp /app/services.txt /app/data
                        exec runsvdir -P /app/service/
                        """)
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y runit\nCOPY app /app\nCMD [\"/app/start\"]\n")
                .move();
        assertEquals(0, build.code(), build::all);
        build.notCarried("app/start", 2);
        assertEquals(List.of(), build.fates("app/start", 5), build::all);
        assertTrue(build.all().contains("not ready: 1 thing"), build::all);
    }

    @Test
    void linksOfLoopsAndSwitchesOfTheBuildCount() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("sv/web/run", "#!/bin/sh\nexec web\n")
                .with("sv/job/run", "#!/bin/sh\nexec job\n")
                .with("sv/job/finish", "#!/bin/sh\n[ $1 = 0 ] || kill -HUP 1\n")
                .with("sv/old/run", "#!/bin/sh\nexec old\n")
                .with("sv/old/down", "")
                .with("Dockerfile", """
                        FROM alpine
                        RUN apk add runit
                        COPY sv /etc/sv
                        RUN for s in web job old; do ln -s /etc/sv/$s /etc/service/${s}; done
                        RUN touch /etc/service/job/down && rm -f /etc/sv/old/down
                        CMD ["runsvdir", "/etc/service"]
                        """)
                .move();
        assertEquals(0, build.code(), build::all);
        String services = "out/etc/pintle/services/";
        assertFalse(build.file(services + "web/service.conf").contains("autostart"), build::all);
        assertTrue(build.file(services + "job/service.conf").contains("autostart = no\n"), build::all);
        assertFalse(build.file(services + "old/service.conf").contains("autostart"), build::all);
        assertTrue(
                build.all().contains("/sv/job/finish\", \"line\": 2, \"what\": \"kill\"}], \"text\": \"it signals"),
                build::all);
    }

    /** A service that the build links under a condition is converted, and that is for a person to decide. */
    @Test
    void linksThatAConditionDecidesOnAreNotCarried() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("sv/web/run", "#!/bin/sh\nexec web\n")
                .with("sv/job/run", "#!/bin/sh\nexec job\n")
                .with("Dockerfile", """
                        FROM alpine
                        ARG JOB
                        RUN apk add runit
                        COPY sv /etc/sv
                        RUN ln -s /etc/sv/web /etc/service/
                        RUN if [ -n "$JOB" ]; then ln -s /etc/sv/job /etc/service/job; fi
                        CMD ["runsvdir", "/etc/service"]
                        """)
                .move();
        assertEquals(List.of("job", "web"), build.services(), build::all);
        build.notCarried("Dockerfile", 6);
        assertFalse(build.has("Dockerfile", 5, "not carried"), build::all);
    }

    /** What my_init's scripts were is there, and so is what the base brings. */
    @Test
    void whatStaysOfABaseWithMyInitIsNotCalledGone() throws IOException {
        for (String base :
                List.of("phusion/baseimage:jammy-1.0.4", "linuxserver/baseimage", "linuxserver/baseimage.nginx")) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "base"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("init/10_first.sh", "#!/bin/sh\nfirst\n")
                    .with("cron/web", "* * * * * root /sbin/setuser app /bin/clean\n")
                    .with("Dockerfile", "FROM " + base + """

                            COPY service /etc/service
                            COPY init /etc/my_init.d
                            COPY cron /defaults
                            RUN chmod -v +x /etc/service/*/run /etc/my_init.d/*.sh
                            RUN chmod 555 /etc/my_init.d/* /etc/service/web/*
                            CMD ["/sbin/my_init"]
                            """)
                    .move();
            String after = build.file("Dockerfile");
            assertTrue(
                    after.contains("RUN chmod -v +x /etc/my_init.d/*.sh\nRUN chmod 555 /etc/my_init.d/*\n"),
                    build::all);
            assertTrue(after.endsWith("CMD [\"/init\"]\n"), build::all);
            assertFalse(build.has("Dockerfile", 5, "not carried"), build::all);
            assertFalse(build.has("Dockerfile", 6, "not carried"), build::all);
            assertTrue(build.has("cron/web", 1, "kept"), build::all);
            assertTrue(build.has("Dockerfile", 1, "not carried"), build::all);
        }
    }

    @Test
    void servicesOfTheBaseMayBeRemoved() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("Dockerfile", """
                        FROM phusion/baseimage:jammy-1.0.4
                        COPY service /etc/service
                        RUN rm -rf /etc/service/sshd/ /etc/my_init.d/00_regen_ssh_host_keys.sh
                        RUN rm -f /etc/service/sshd/down
                        CMD ["/sbin/my_init"]
                        """)
                .move();
        assertEquals(0, build.code(), build::all);
        assertEquals(1, build.fates("Dockerfile", 3).size(), build::all);
        assertTrue(build.fates("Dockerfile", 3).get(0).contains("\"kept\""), build::all);
        build.notCarried("Dockerfile", 4);
    }

    /** Swedish is no program. */
    @Test
    void languagesAreNoCallsOfSv() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("app/languages.json", "{\"languages\": [\"en\", \"sv\", \"de\"], \"sv\": \"Svenska\"}\n")
                .with("app/settings.py", """
                        LANGUAGES = [("sv", "Svenska"), ("de", "Deutsch")]
                        lang="sv"
                        """)
                .with("app/locales.sh", """
                        #!/bin/sh
                        LANG=sv
                        locale="sv"
                        for l in "en" "sv"; do gen "$l"; done
                        """)
                .with("app/call.py", "subprocess.call([\"sv\", \"restart\", \"web\"])\n")
                .with("Dockerfile", """
                        FROM alpine:3
                        RUN apk add runit
                        COPY service /etc/service
                        COPY app /app
                        CMD ["runsvdir", "/etc/service"]
                        """)
                .move();
        assertFalse(build.all().contains("languages.json"), build::all);
        assertFalse(build.all().contains("settings.py"), build::all);
        assertFalse(build.all().contains("locales.sh"), build::all);
        assertTrue(build.has("app/call.py", 1, "not carried"), build::all);
    }

    /** An entrypoint asks for runsvdir as others ask for supervisord. */
    @Test
    void questionsForRunsvdirAskForInit() throws IOException {
        for (String[] each : new String[][] {
            {"if [ \"$1\" = runsvdir ]; then prepare; fi", "if [ \"$1\" = /init ]; then prepare; fi"},
            {"case \"$1\" in runsvdir*) prepare;; esac", "case \"$1\" in /init) prepare;; esac"},
            {"[ \"$(basename \"$1\")\" != 'runsvdir' ] || prepare", "[ \"$(basename \"$1\")\" != init ] || prepare"}
        }) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "asks"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("entry.sh", "#!/bin/sh\n" + each[0] + "\nexec \"$@\"\n")
                    .with("Dockerfile", """
                            FROM alpine:3
                            RUN apk add runit
                            COPY service /etc/service
                            COPY entry.sh /entry.sh
                            ENTRYPOINT ["/entry.sh"]
                            CMD ["runsvdir", "-P", "/etc/service"]
                            """)
                    .move();
            assertTrue(build.file("entry.sh").contains(each[1]), build::all);
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    private MovedBuild packaged(String installs, String start) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, "packaged"))
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN " + installs + "\nCOPY service /etc/service\nCMD " + start + "\n")
                .move();
    }

    /** runsvdir started them, and nothing in the build context speaks of them. */
    @Test
    void servicesThatDebiansPackagesBringAreSaid() throws IOException {
        String start = "[\"runsvdir\", \"-P\", \"/etc/service\"]";
        for (String installs : List.of(
                "apt-get update && apt-get install -y runit openssh-server",
                "apt install -y --no-install-recommends tor=0.4 runit",
                "apt-get install -y dnsmasq nginx runit")) {
            packaged(installs, start).notCarried("Dockerfile", 2);
        }
        packaged("apt-get install -y ssh runit", "[\"runsvdir-start\"]").notCarried("Dockerfile", 2);
        assertFalse(packaged("apt-get install -y openssh-client runit", start).has("Dockerfile", 2, "not carried"));
        assertFalse(packaged("apk add openssh-server runit", start).has("Dockerfile", 2, "not carried"));
    }

    /** One that the build context replaces is converted. */
    @Test
    void servicesInThePlaceOfPackagedOnesAreConverted() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("service/ssh/run", "#!/bin/sh\nexec /usr/sbin/sshd -D\n")
                .with("Dockerfile", """
                        FROM debian:12
                        RUN apt-get install -y runit openssh-server
                        COPY service /etc/service
                        CMD ["runsvdir", "/etc/service"]
                        """)
                .move();
        assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
    }

    /** They were set up and cleaned up by runit itself, of which the report spoke with no word. */
    @Test
    void stagesOfRunitAreNotCarried() throws IOException {
        for (String start : List.of(
                "[\"/sbin/runit-init\"]", "[\"runit\"]", "exec runit-init", "[\"runsvdir\", \"/etc/service\"]")) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "stages"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("1", "#!/bin/sh\nmkdir -p /data\n")
                    .with("3", "#!/bin/sh\nbackup\n")
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nRUN apt-get install -y runit\nCOPY service /etc/service\nCOPY 1 3 /etc/runit/\n"
                                    + "CMD " + start + "\n")
                    .move();
            boolean runs = !start.contains("runsvdir");
            assertEquals(runs, build.has("1", 1, "not carried"), build::all);
            assertEquals(runs, build.has("3", 1, "not carried"), build::all);
        }
    }
}
