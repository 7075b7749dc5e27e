package dev.pintle.cstage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.cstage.edit.Applied;
import dev.pintle.cstage.edit.Rewrite;
import dev.pintle.cstage.release.NullChecks;
import dev.pintle.cstage.release.TimedPoll;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BuildTest {
    private static List<Rewrite> ofReleases() {
        return Stream.concat(Build.onlyOfRelease(NullChecks.ofHelpers()).stream(), Stream.of(new TimedPoll()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ofReleases")
    void saysWhatItDoesNotFind(Rewrite rewrite) {
        assertFalse(Applied.missesWithout(rewrite).isEmpty());
    }

    @Test
    void eachHasANameOfItsOwn() {
        assertTrue(ofReleases().stream().map(Rewrite::name).distinct().count()
                == ofReleases().size());
    }
}
