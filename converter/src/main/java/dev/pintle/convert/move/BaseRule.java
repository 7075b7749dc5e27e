package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import java.util.Optional;

/** What the image's base brings by itself, and what the move does with it. */
final class BaseRule {

    private static final String EXPORT =
            "export the image ('docker create', 'docker export'), and convert that with --root";

    private static final String EXPORT_BASE =
            "export the base ('docker create', 'docker export'), and name that tar as ROOT beside --dockerfile";

    private final Build build;
    private final Base base;
    private final boolean entrypoint;
    private final boolean bypassed;

    /**
     * Knows what of the base is run.
     *
     * @param entrypoint whether the Dockerfile has an ENTRYPOINT, which replaces the base's
     * @param bypassed   whether the Dockerfile's own ENTRYPOINT or CMD never started the base's supervisor
     */
    BaseRule(Build build, Base base, boolean entrypoint, boolean bypassed) {
        this.build = build;
        this.base = base;
        this.entrypoint = entrypoint;
        this.bypassed = bypassed;
    }

    /**
     * Says it.
     *
     * @param installed whether the Dockerfile itself installs the supervisor
     * @param exported  whether the image's own files were converted, with what the base brings
     */
    void apply(boolean installed, boolean exported) {
        Instruction from = build.stages().chain().get(0).instructions().stream()
                .filter(instruction -> instruction.keyword().equals("FROM"))
                .findFirst()
                .orElseThrow();
        Optional<Fate> fate = exported && base.startsSupervisor()
                ? Optional.of(Fate.kept(base.image() + " brings services of its own (" + base.text()
                        + "): of these, what "
                        + (build.supervisor() == Supervisor.S6 ? "is named as ROOT" : "--root has")
                        + " was converted"))
                : fate(installed || exported);
        fate.ifPresent(said -> build.say(from, said));
    }

    private Optional<Fate> fate(boolean installed) {
        return switch (base.kind()) {
            case PLAIN -> Optional.empty();
            case COMMAND ->
                Optional.of(Fate.kept(base.image() + " has CMD " + base.command() + ", which this image has in"
                        + " no use; it has no ENTRYPOINT"));
            case ENTRYPOINT ->
                Optional.of(Fate.kept(base.image() + " has ENTRYPOINT " + base.entrypoint()
                        + (base.text().isEmpty() ? "" : " (" + base.text() + ")")
                        + (entrypoint
                                ? ", which this Dockerfile's ENTRYPOINT replaces, as before"
                                : ", which runs before CMD as it did")));
            case S6 ->
                Optional.of(
                        build.supervisor() == Supervisor.S6
                                ? extended()
                                : Fate.notCarried(
                                        base.image() + " brings s6-overlay, started by " + base.starter() + ", with "
                                                + base.text()
                                                + ": the overlay's /init takes the place of that one, and they are not started",
                                        "make services of what is needed of them, or take another base"));
            case RUNIT -> Optional.of(supervised(Supervisor.RUNIT, "runit"));
            case SUPERVISORD -> Optional.of(supervised(Supervisor.SUPERVISORD, "supervisord"));
            case UNKNOWN -> Optional.of(unknown(installed));
        };
    }

    /** An image whose s6-overlay, and some of whose services, are its base's. */
    private Fate extended() {
        if (base.text().isEmpty()) {
            return Fate.kept(
                    base.image() + " brings s6-overlay and no services of its own: the overlay's /init takes the"
                            + " place of that one");
        }
        return Fate.notCarried(
                base.image() + " brings s6-overlay, with " + base.text()
                        + ": the overlay's /init takes the place of that one."
                        + " Its services are not in the build context, and are not started any more; a service of this image"
                        + " that depends on one of them is refused by 'pintle check'",
                EXPORT_BASE);
    }

    private Fate supervised(Supervisor supervisor, String name) {
        if (bypassed) {
            return Fate.kept(base.image() + " brings " + name
                    + " and services of its own, which this image does not start," + " as before");
        }
        return Fate.notCarried(
                base.image() + " brings " + name + ", started by " + base.starter() + ", with services of its own ("
                        + base.text() + "): these are not in the build context, and are not started any more",
                supervisor == build.supervisor()
                        ? EXPORT
                        : "convert them with 'pintle-convert " + name + "'; " + EXPORT);
    }

    /** Where the supervisor is installed here, the base's ENTRYPOINT runs before CMD as it did before the move. */
    private Fate unknown(boolean installed) {
        if (installed) {
            return Fate.kept(
                    base.image() + " is not known here: if it has an ENTRYPOINT, that runs before CMD as it did");
        }
        return Fate.notCarried(
                base.image() + " is not known here, and brings "
                        + build.supervisor().program()
                        + ", since nothing here installs it: services or configuration that it has, too, are not in the"
                        + " build context, and are not started any more",
                "see what it starts ('docker run --rm IMAGE ls "
                        + build.supervisor().place() + "'); where there is any, "
                        + (build.supervisor() == Supervisor.S6 ? EXPORT_BASE : EXPORT));
    }
}
