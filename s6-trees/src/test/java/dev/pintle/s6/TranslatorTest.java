package dev.pintle.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.Key;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TranslatorTest {

    private static S6Service service(Translation translation, String name) {
        for (S6Service service : translation.services()) {
            if (service.name().equals(name)) {
                return service;
            }
        }
        throw new AssertionError("no service " + name + ": " + translation.problems());
    }

    private static String key(Translation translation, String name, Key key) {
        return service(translation, name).keys().getOrDefault(key, "");
    }

    @Test
    void everyFileOfTheTreesHasAFate() {
        MapFiles files = new MapFiles()
                .longrun("web", "#!/bin/sh\nexec web\n")
                .oneshot("set-up", "")
                .dependency("web", "set-up")
                .dependency("web", "theirs")
                .dependency("theirs", "web")
                .file("/etc/s6-overlay/s6-rc.d/web/data/deep/er/file", "x")
                .file("/etc/s6-overlay/s6-rc.d/stray", "x")
                .file("/etc/s6-overlay/other", "x")
                .file("/etc/services.d/old/run", "#!/bin/sh\nexec old\n")
                .file("/etc/cont-init.d/01", "#!/bin/sh\n")
                .file("/etc/cont-finish.d/01", "#!/bin/sh\n")
                .file("/etc/fix-attrs.d/01", "/x true root 0644 0755\n")
                .file("/etc/cont-profile.d/slim/services.d/x/run", "#!/bin/sh\n");
        Translation translation = files.translate();
        Set<String> accounted = new TreeSet<>();
        for (Translation.File file : translation.files()) {
            accounted.add(file.path());
            assertFalse(file.fate().text().contains("no rule"), file::toString);
        }
        assertEquals(files.all().keySet(), accounted);
    }

    @Test
    void whatIsNoNumberIsNotCalledOne() {
        MapFiles files = new MapFiles().longrun("web", "#!/bin/sh\nexec web\n");
        Translation translation = files.translate(
                "S6_CMD_WAIT_FOR_SERVICES_MAXTIME=10s", "S6_VERBOSITY=loud", "S6_BEHAVIOUR_IF_STAGE2_FAILS= 2 ");
        assertEquals(
                Map.of(
                        "S6_CMD_WAIT_FOR_SERVICES_MAXTIME", Fate.Kind.NOT_CARRIED,
                        "S6_VERBOSITY", Fate.Kind.NOT_CARRIED,
                        "S6_BEHAVIOUR_IF_STAGE2_FAILS", Fate.Kind.CHANGED),
                kinds(translation.variables()));
        assertEquals(
                Map.of("S6_CMD_WAIT_FOR_SERVICES_MAXTIME", Fate.Kind.KEPT),
                kinds(files.translate("S6_CMD_WAIT_FOR_SERVICES_MAXTIME=10000").variables()));
    }

    private static Map<String, Fate.Kind> kinds(Map<String, Fate> fates) {
        Map<String, Fate.Kind> kinds = new TreeMap<>();
        fates.forEach((name, fate) -> kinds.put(name, fate.kind()));
        return kinds;
    }

    @Test
    void aServiceOfAnotherImageIsNamedAndNeedsNoFileHere() {
        Translation translation = new MapFiles()
                .longrun("web", "#!/bin/sh\nexec web\n")
                .dependency("web", "theirs")
                .translate();
        assertEquals(Set.of("theirs"), translation.externals());
        assertEquals("theirs", key(translation, "web", Key.DEPENDS_ON));
    }

    @Test
    void whereAllOfTheImageIsThereAnUnknownServiceIsAnError() {
        Translation translation = new MapFiles()
                .longrun("web", "#!/bin/sh\nexec web\n")
                .dependency("web", "theirs")
                .file("/package/admin/s6-overlay-3.2.0.0/etc/s6-rc/sources/base/type", "bundle\n")
                .translate();
        assertEquals(1, translation.problems().size());
        assertTrue(translation.problems().get(0).error());
    }

    @Test
    void whatUserDoesNotReachIsDown() {
        Translation translation = new MapFiles()
                .longrun("web", "#!/bin/sh\nexec web\n")
                .oneshot("needed", "true\n")
                .dependency("web", "needed")
                .file("/etc/s6-overlay/s6-rc.d/lone/type", "longrun\n")
                .file("/etc/s6-overlay/s6-rc.d/lone/run", "#!/bin/sh\nexec lone\n")
                .translate();
        assertEquals("no", key(translation, "lone", Key.AUTOSTART));
        assertEquals("", key(translation, "needed", Key.AUTOSTART));
    }

    @Test
    void aVariableThatIsHandedOnIsReadByThoseThatComeLater() {
        Translation translation = new MapFiles()
                .file(
                        "/etc/cont-init.d/01",
                        "#!/usr/bin/with-contenv sh\necho x > /run/s6/container_environment/NAME\n")
                .longrun("web", "#!/usr/bin/with-contenv sh\nexec web \"$NAME\"\n")
                .dependency("web", "base")
                .translate();
        assertNotNull(service(translation, "s6-container-environment"));
        assertTrue(key(translation, "web", Key.COMMAND).startsWith(Scripts.COMPAT + "/with-contenv env "));
        assertEquals("cont-init-01:finished", key(translation, "web", Key.DEPENDS_ON));
        assertEquals("s6-container-environment", key(translation, "cont-init-01", Key.DEPENDS_ON));
    }

    /** A script that hands a secret on may write it for root alone. */
    @Test
    void rootReadsTheVariablesThatAreHandedOn() {
        Translation translation = new MapFiles()
                .file(
                        "/etc/cont-init.d/01",
                        "#!/usr/bin/with-contenv sh\necho x > /run/s6/container_environment/NAME\n")
                .longrun("web", "#!/usr/bin/with-contenv sh\nexec s6-setuidgid abc web\n")
                .longrun("plain", "#!/bin/sh\nexec s6-setuidgid abc plain\n")
                .translate();
        String command = key(translation, "web", Key.COMMAND);
        assertTrue(command.startsWith(Scripts.COMPAT + "/with-contenv env "), command);
        assertTrue(command.endsWith(" " + Scripts.COMPAT + "/s6-setuidgid abc web"), command);
        assertEquals("", key(translation, "web", Key.USER));
        assertEquals("abc", key(translation, "plain", Key.USER));
    }

    /** It reads them as itself, and may be that user already. */
    @Test
    void anotherUserThanRootHasNothingToReadBefore() {
        MapFiles files = new MapFiles().longrun("web", "#!/command/with-contenv sh\nexec s6-setuidgid 1000:1000 web\n");
        Translator.Options options = new Translator.Options(Map.of(), List.of(), List.of(), Programs.ARCHIVE, false);
        Translation translation = Translator.translate(files, options);
        assertEquals("1000:1000", key(translation, "web", Key.USER));
        assertEquals(Scripts.COMPAT + "/with-contenv web", key(translation, "web", Key.COMMAND));
    }

    @Test
    void umaskOfTheBasesOwnWithContenvIsForServices() {
        MapFiles files = new MapFiles()
                .file("/usr/bin/with-contenv", "#!/bin/bash\numask \"$UMASK\"\nexec /command/with-contenv \"$@\"\n")
                .longrun("svc-web", "#!/usr/bin/with-contenv bash\nexec web\n")
                .longrun("svc-own", "#!/usr/bin/with-contenv bash\numask 077\nexec own\n")
                .longrun("svc-plain", "#!/command/with-contenv bash\nexec plain\n")
                .longrun("custom-svc-x", "#!/usr/bin/with-contenv bash\nexec x\n");
        Translation translation = archive(files, "027");
        assertEquals("027", key(translation, "svc-web", Key.UMASK));
        assertEquals("077", key(translation, "svc-own", Key.UMASK));
        assertEquals("", key(translation, "svc-plain", Key.UMASK));
        assertEquals("", key(translation, "custom-svc-x", Key.UMASK));
        for (String wrong : List.of("", "8", "1777", "00022", "u=rwx")) {
            assertEquals("", key(archive(files, wrong), "svc-web", Key.UMASK), wrong);
        }
    }

    private static Translation archive(ImageFiles files, String umask) {
        return Translator.translate(
                files, new Translator.Options(Map.of("UMASK", umask), List.of(), List.of(), Programs.ARCHIVE));
    }

    @Test
    void oddTreesNeverThrow() {
        Random random = new Random(16);
        List<String> names = List.of("a", "b", "base", "user", "user2", "legacy-services", "..", "x y", "top");
        List<String> kinds = List.of(
                "type",
                "run",
                "up",
                "down",
                "finish",
                "dependencies",
                "contents",
                "producer-for",
                "consumer-for",
                "pipeline-name",
                "notification-fd",
                "timeout-up",
                "timeout-kill",
                "data/check");
        List<String> texts = List.of(
                "longrun",
                "oneshot",
                "bundle",
                "",
                "a",
                "b\nbase",
                "3",
                "-1",
                "99999999999999999999",
                "{",
                "\"",
                "\\",
                "#!/bin/sh\nexec a $",
                "#!/bin/sh\nexec \"${",
                "#!/command/execlineb\nif {",
                "#!",
                "#!/bin/sh\n[[ $1 ]] &&",
                "#!/bin/sh\nexec s6-notifyoncheck -c",
                "s6-setuidgid",
                "importas -D",
                "a\0b",
                "#!/usr/bin/with-contenv");
        for (int world = 0; world < 3000; world++) {
            MapFiles files = new MapFiles();
            for (int i = 0; i < 25; i++) {
                String name = names.get(random.nextInt(names.size()));
                String kind = random.nextInt(4) == 0
                        ? List.of("dependencies.d/", "contents.d/").get(random.nextInt(2))
                                + names.get(random.nextInt(names.size()))
                        : kinds.get(random.nextInt(kinds.size()));
                String place = random.nextInt(6) == 0 ? "/etc/services.d/" : "/etc/s6-overlay/s6-rc.d/";
                files.file(place + name + "/" + kind, texts.get(random.nextInt(texts.size())));
            }
            Translation translation = files.translate();
            for (Translation.File file : translation.files()) {
                boolean error = translation.problems().stream().anyMatch(Problem::error);
                assertTrue(error || !file.fate().text().contains("no rule"), "world " + world + ": " + file);
            }
        }
    }

    /** Finish is run by root, and in the service's directory, whatever the program runs as. */
    @Test
    void aRunScriptIsNoKeysWhereFinishWouldHaveThemToo() {
        MapFiles files = new MapFiles()
                .longrun("app", "#!/bin/sh\ncd /srv\nexec s6-setuidgid abc app\n")
                .file("/etc/s6-overlay/s6-rc.d/app/finish", "#!/bin/sh\nrm -f /run/app.pid\n");
        Translation translation = files.translate();
        assertEquals("", key(translation, "app", Key.USER));
        assertEquals("/etc/s6-overlay/s6-rc.d/app", key(translation, "app", Key.WORKING_DIR));
        assertEquals("/etc/s6-overlay/s6-rc.d/app/run", key(translation, "app", Key.COMMAND));
    }
}
