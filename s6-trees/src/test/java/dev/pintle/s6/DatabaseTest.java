package dev.pintle.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final String RC = "/etc/s6-overlay/s6-rc.d/";

    /** {@code app} needs {@code set}, which is {@code config} and {@code db}; {@code app} writes to {@code log}. */
    private static Database database() {
        MapFiles files = new MapFiles()
                .longrun("app", "#!/bin/sh\n")
                .longrun("db", "#!/bin/sh\n")
                .longrun("log", "#!/bin/sh\n")
                .oneshot("config", "true")
                .file(RC + "set/type", "bundle\n")
                .file(RC + "set/contents.d/config", "")
                .file(RC + "set/contents.d/db", "")
                .file(RC + "other/dependencies.d/app", "")
                .file(RC + "config/timeout-up", "1500\n")
                .file(RC + "app/producer-for", "log\n")
                .file(RC + "log/consumer-for", "app\n")
                .file(RC + "log/pipeline-name", "line\n")
                .dependency("app", "set")
                .dependency("app", "base")
                .dependency("db", "config");
        return Database.of(files, Map.of());
    }

    @Test
    void knowsNamesAndTypes() {
        Database database = database();
        assertEquals(List.of("config"), database.names("oneshot"));
        assertEquals(List.of("app", "db", "log"), database.names("longrun"));
        assertEquals(List.of("line", "set", "user", "user2"), database.names("bundle"));
        assertEquals(8, database.names("").size());
        assertEquals("bundle", database.type("set"));
        assertNull(database.type("other"), "this is a directory of another image's service");
    }

    @Test
    void knowsWhatIsInABundle() {
        Database database = database();
        assertEquals(Set.of("config", "db"), database.services(List.of("set")));
        assertEquals(Set.of("app", "config", "db", "log"), database.services(List.of("user", "nothing")));
        assertEquals(Set.of("app", "log"), database.services(List.of("line")));
    }

    @Test
    void knowsWhoNeedsWhom() {
        Database database = database();
        assertEquals(Set.of("config", "db", "log"), database.dependencies(Set.of("app"), false));
        assertEquals(Set.of("app", "db"), database.dependencies(Set.of("config"), true));
        assertEquals(Set.of("config", "db"), database.closure(Set.of("db"), false));
        assertEquals(Set.of("app", "config", "db"), database.closure(Set.of("config"), true));
    }

    @Test
    void knowsPipelinesAndTimeouts() {
        Database database = database();
        assertEquals(List.of("app", "log"), database.pipeline("log"));
        assertEquals(List.of("app", "log"), database.pipeline("app"));
        assertEquals(List.of("db"), database.pipeline("db"));
        assertEquals(1500, database.timeout("config", false));
        assertEquals(0, database.timeout("config", true));
    }

    /** What s6-rc-compile refuses is asked for, too, before anybody has run it. */
    @Test
    void endsWhereThereAreCircles() {
        MapFiles files = new MapFiles()
                .longrun("a", "#!/bin/sh\n")
                .longrun("b", "#!/bin/sh\n")
                .file(RC + "set/type", "bundle\n")
                .file(RC + "set/contents.d/set", "")
                .file(RC + "a/consumer-for", "b\n")
                .file(RC + "a/producer-for", "b\n")
                .file(RC + "b/consumer-for", "a\n")
                .file(RC + "b/producer-for", "a\n")
                .dependency("a", "b")
                .dependency("b", "a");
        Database database = Database.of(files, Map.of());
        assertEquals(Set.of("a", "b"), database.closure(Set.of("a"), false));
        assertEquals(Set.of(), database.services(List.of("set")));
        assertEquals(2, database.pipeline("a").size());
    }
}
