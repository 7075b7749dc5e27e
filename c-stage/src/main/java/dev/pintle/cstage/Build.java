package dev.pintle.cstage;

import dev.pintle.cstage.edit.Rewrite;
import dev.pintle.cstage.every.ClassInitializers;
import dev.pintle.cstage.every.ErrorsWithoutTrace;
import dev.pintle.cstage.every.OwnHeap;
import dev.pintle.cstage.every.ProgramArguments;
import dev.pintle.cstage.every.RefusedFeatures;
import dev.pintle.cstage.every.StringHashes;
import dev.pintle.cstage.every.VariablesOfCatches;
import dev.pintle.cstage.every.WriteBarrier;
import dev.pintle.cstage.release.ArrayAlignment;
import dev.pintle.cstage.release.CallSiteTable;
import dev.pintle.cstage.release.CallsAndFrames;
import dev.pintle.cstage.release.Casts;
import dev.pintle.cstage.release.ClassAddresses;
import dev.pintle.cstage.release.CollectorForSpeed;
import dev.pintle.cstage.release.ConstantTables;
import dev.pintle.cstage.release.FrameFunction;
import dev.pintle.cstage.release.Initializers;
import dev.pintle.cstage.release.LeafClasses;
import dev.pintle.cstage.release.LeavingATry;
import dev.pintle.cstage.release.Literals;
import dev.pintle.cstage.release.Messages;
import dev.pintle.cstage.release.NullChecks;
import dev.pintle.cstage.release.RestingPage;
import dev.pintle.cstage.release.StartUp;
import dev.pintle.cstage.release.StaticFields;
import dev.pintle.cstage.release.SwitchTables;
import dev.pintle.cstage.release.TimedPoll;
import dev.pintle.cstage.release.TypeTests;
import dev.pintle.cstage.release.WrittenClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What C is made for. */
enum Build {
    /** As TeaVM wrote it, but for what our collector and PID 1 need. */
    DEBUG,
    /** As small as it gets. */
    RELEASE,
    /** A program that is not PID 1, as small as it gets. */
    PROGRAM,
    /** The release that tells how long it was away. */
    TIMED;

    /** The rewrites of this build, in the order in which they are applied. Each call makes new ones: they count. */
    List<Rewrite> rewrites() {
        return switch (this) {
            case DEBUG -> every(0);
            case RELEASE -> release(NullChecks.ofHelpers());
            case PROGRAM -> release(NullChecks.ofAll());
            case TIMED ->
                Stream.concat(release(NullChecks.ofHelpers()).stream(), Stream.of(new TimedPoll()))
                        .toList();
        };
    }

    private static List<Rewrite> every(int leastVariables) {
        return List.of(
                new ProgramArguments(),
                new VariablesOfCatches(leastVariables),
                new OwnHeap(),
                new WriteBarrier(),
                new ErrorsWithoutTrace(),
                new StringHashes(),
                new ClassInitializers(),
                new RefusedFeatures());
    }

    private static List<Rewrite> release(NullChecks nullChecks) {
        List<Rewrite> rewrites = new ArrayList<>(every(1));
        rewrites.addAll(onlyOfRelease(nullChecks));
        return rewrites;
    }

    /** Those that the release has beside what every build has. */
    static List<Rewrite> onlyOfRelease(NullChecks nullChecks) {
        CallSiteTable table = new CallSiteTable();
        return List.of(
                table,
                new CallsAndFrames(table),
                nullChecks,
                new LeavingATry(),
                new FrameFunction(),
                new Casts(),
                new ArrayAlignment(),
                new Literals(),
                new StaticFields(),
                new Initializers(),
                new TypeTests(),
                new ClassAddresses(),
                new ConstantTables(),
                new WrittenClasses(),
                new SwitchTables(),
                new LeafClasses(),
                new RestingPage(),
                new StartUp(),
                new Messages(),
                new CollectorForSpeed());
    }
}
