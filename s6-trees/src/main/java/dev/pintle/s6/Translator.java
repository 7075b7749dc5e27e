package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Translates the trees of an image. */
public final class Translator {

    /** What init leaves itself of the stop. */
    private static final long STOP_MARGIN = 2_000;

    /** How long a stop takes at most where nobody asks for more: it has to be over before Docker's ten seconds are. */
    private static final long USUAL_STOP = 9_000;

    /** The program that reads the trees in the container. */
    private static final String READER = "pintle-s6";

    private final Account account = new Account();
    private final Settings settings;
    private final Trees trees;
    private final Options options;
    private final boolean archive;
    private final Map<String, S6Service> services = new TreeMap<>();

    /**
     * What is known besides the files.
     *
     * @param variables of the container, as far as they are known now: s6-overlay's own count
     * @param scans     directories that {@code s6-svscan} supervises; then nothing else is looked at
     * @param others    scripts outside of the trees that are in the image, too
     * @param programs  which programs of s6's names the image has
     * @param root      whether the container runs as root, as far as it is known
     */
    public record Options(
            Map<String, String> variables, List<String> scans, List<String> others, Programs programs, boolean root) {

        /** Of a container that runs as root. */
        public Options(Map<String, String> variables, List<String> scans, List<String> others, Programs programs) {
            this(variables, scans, others, programs, true);
        }

        /** Of an image of which nothing more is known. */
        public Options(Map<String, String> variables, List<String> scans) {
            this(variables, scans, List.of(), Programs.COMPAT);
        }
    }

    private Translator(ImageFiles files, Options options) {
        this.options = options;
        this.settings = new Settings(options.variables());
        this.archive = options.programs() == Programs.ARCHIVE;
        this.trees = new Trees(files, account, settings.profile());
    }

    /** Translates all that an image has for s6-overlay. */
    public static Translation translate(ImageFiles files, Options options) {
        return new Translator(files, options).translate();
    }

    /** Whether a variable is one that s6-overlay reads when the container starts. */
    public static boolean knows(String variable) {
        return Settings.isKnown(variable);
    }

    private Translation translate() {
        Map<Key, String> container = new LinkedHashMap<>();
        Map<String, Fate> variables = settings.lower(container);
        if (!recognise()) {
            return new Translation(List.of(), container, List.of(), variables, Set.of(), account.problems(), 0, false);
        }
        boolean handsOn = archive || handsOn();
        Scripts scripts = new Scripts(trees.files(), account, handsOn, options);
        Edges edges = new Edges(trees, account, settings, archive || trees.isWhole());
        LegacyScripts legacy = new LegacyScripts(trees, account, settings, scripts, services);
        edges.setBase(legacy.finish(), legacy.init());
        ServiceLowering lowering = new ServiceLowering(trees, account, settings, scripts, edges, services);
        lowering.lowerAll();
        new Pipelines(trees, account, settings, scripts, edges, services).lower();
        if (archive) {
            new Umask(trees, edges, services).lower(options.variables());
            readAgain(edges);
            storedCode();
        }
        edges.link(services);
        if (handsOn && !archive) {
            addContainerEnvironment();
        }
        others(scripts);
        for (String path : options.others()) {
            TreeFile file = trees.files().file(path);
            if (file != null && account.isUnknown(path)) {
                scripts.lookLater(file);
            }
        }
        scripts.lookAtWhatIsLeft();
        Order order = new Order(services, account);
        long stop = Math.max(USUAL_STOP, order.longestStop() + STOP_MARGIN);
        container.put(Key.SHUTDOWN_GRACE_PERIOD, LayoutText.duration(stop));
        return new Translation(
                List.copyOf(services.values()),
                container,
                account.close(),
                variables,
                edges.externals(),
                account.problems(),
                (stop + 999) / 1000,
                scripts.needsLinks());
    }

    /** Reads the trees; false where they are nobody's, or another's. */
    private boolean recognise() {
        for (String scan : options.scans()) {
            trees.readScan(scan);
        }
        if (options.scans().isEmpty()) {
            if (isCinit()) {
                return false;
            }
            trees.read(settings.bundles());
            boolean scripts = !trees.files().names(trees.etc("cont-init.d")).isEmpty()
                    || !trees.files().names(trees.etc("cont-finish.d")).isEmpty();
            if (trees.definitions().isEmpty()
                    && trees.legacy().isEmpty()
                    && trees.user().isEmpty()
                    && !scripts) {
                account.error(
                        "/etc",
                        "find services of s6-overlay",
                        "there is none of /etc/s6-overlay/s6-rc.d, /etc/services.d, /etc/cont-init.d and /etc/cont-finish.d",
                        "name the directory that is the container's /; for a directory that s6-svscan supervises, use --scan");
                return false;
            }
        }
        return true;
    }

    /** The base image of jlesage has directories by the same names, and an init of its own. */
    private boolean isCinit() {
        String services = "/etc/services.d";
        for (String name : trees.files().names(services)) {
            for (String file : trees.files().names(services + "/" + name)) {
                boolean its = file.equals("respawn")
                        || file.equals("params")
                        || file.endsWith(".dep")
                        || file.equals("interval")
                        || file.equals("ready_timeout");
                if (its) {
                    account.error(
                            services + "/" + name + "/" + file,
                            "convert " + services,
                            "it is for cinit, the init of jlesage/docker-baseimage, which is no s6 in spite of the names",
                            "write its services by hand: run becomes command, NAME.dep depends_on, respawn restart = always");
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether any script hands variables on, or reads what was handed on. */
    private boolean handsOn() {
        List<String> places = new ArrayList<>();
        for (Definition definition : trees.definitions().values()) {
            places.add(definition.directory());
        }
        for (Definition definition : trees.legacy().values()) {
            places.add(definition.directory());
        }
        places.add(trees.etc("cont-init.d"));
        places.add(trees.etc("s6-overlay/scripts"));
        for (String place : places) {
            for (String path : trees.below(place)) {
                TreeFile file = trees.files().file(path);
                if (file != null && file.isText() && Mentions.ofContainerEnvironment(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The directory that variables are handed on by, filled with the container's as s6-overlay fills it. */
    private void addContainerEnvironment() {
        S6Service service = new S6Service("s6-container-environment", "scripts that use container_environment");
        service.set(Key.TYPE, "oneshot");
        service.set(
                Key.COMMAND,
                LayoutText.command(List.of(
                        "sh",
                        "-c",
                        "umask 022; mkdir -p /run/s6/container_environment && exec awk 'BEGIN { for (name in ENVIRON)"
                                + " print ENVIRON[name] > (\"/run/s6/container_environment/\" name) }'")));
        for (S6Service other : services.values()) {
            String dependsOn = other.keys().getOrDefault(Key.DEPENDS_ON, "");
            boolean first = true;
            for (String each : Text.split(dependsOn, ',')) {
                String name = Text.trim(each);
                int colon = name.indexOf(':');
                first &= !services.containsKey(colon < 0 ? name : name.substring(0, colon));
            }
            if (first) {
                other.addTo(Key.DEPENDS_ON, service.name());
            }
        }
        services.put(service.name(), service);
    }

    /** What has services.d read again, once all have run that may write there; the services of services.d wait for it. */
    private void readAgain(Edges edges) {
        S6Service service = own("services", "what is written to services.d when the container starts");
        service.set(Key.COMMAND, LayoutText.command(List.of(READER, "services")));
        edges.setReader(service);
    }

    /** What has a code count at the stop that a script has stored before. */
    private void storedCode() {
        S6Service service = own("exit-code", "the container's exit code, where a script stores one");
        service.set(Key.DOWN_COMMAND, LayoutText.command(List.of(READER, "exit-code")));
        service.set(Key.STOP_GRACE_PERIOD, LayoutText.duration(STOP_MARGIN));
    }

    /** A oneshot of the archive's own. */
    private S6Service own(String purpose, String origin) {
        String name = READER + "-" + purpose;
        while (services.containsKey(name)) {
            name += "-2";
        }
        S6Service service = new S6Service(name, origin);
        service.set(Key.TYPE, "oneshot");
        service.set(Key.ON_FAILED, "ignore");
        services.put(name, service);
        return service;
    }

    /** Files that belong to no service. */
    private void others(Scripts scripts) {
        for (String path : trees.below(Trees.OVERLAY)) {
            TreeFile file = trees.files().file(path);
            if (file == null
                    || path.startsWith(Trees.OVERLAY + "/s6-rc.d/")
                    || path.startsWith(Trees.OVERLAY + "/user-bundles.d/")) {
                continue;
            }
            scripts.lookLater(file);
            account.fateIfNone(path, Fate.kept("stays where it is"));
        }
        for (String path : trees.below(trees.etc("fix-attrs.d"))) {
            if (Text.name(path).startsWith(".")) {
                account.fateIfNone(path, Fate.changed("no effect, as before: its name begins with a dot"));
            }
            account.fateIfNone(
                    path,
                    Fate.notCarried(
                            "nothing changes owners and modes when the container starts",
                            "do it while the image is built, or in a oneshot with chown and chmod"));
        }
        if (settings.profile().isEmpty()) {
            for (String path : trees.below("/etc/cont-profile.d")) {
                account.fateIfNone(
                        path,
                        Fate.notCarried(
                                "S6_RUNTIME_PROFILE chooses it when the container starts",
                                "convert with --env S6_RUNTIME_PROFILE=NAME"));
            }
        }
        grafts();
        withoutEffect();
    }

    /** What s6-rc does not look at: files beside definitions, in bundles, and lists that a definition of its type has not. */
    private void withoutEffect() {
        Fate fate = Fate.changed("no effect, as before: s6-rc does not look at it here");
        List<String> places = new ArrayList<>(List.of(
                trees.etc("s6-overlay/s6-rc.d/user"),
                trees.etc("s6-overlay/s6-rc.d/user2"),
                trees.etc("s6-overlay/user-bundles.d")));
        for (Definition definition : trees.definitions().values()) {
            if (definition.type() == Definition.Type.BUNDLE) {
                places.add(definition.directory());
            }
            for (String list : List.of("dependencies", "contents", "producer-for", "consumer-for", "pipeline-name")) {
                if (trees.files().file(definition.path(list)) != null) {
                    account.fateIfNone(definition.path(list), fate);
                }
                for (String name : trees.files().names(definition.path(list + ".d"))) {
                    if (definition.type() != Definition.Type.GRAFT) {
                        account.fateIfNone(definition.path(list + ".d/" + name), fate);
                    }
                }
            }
        }
        for (String place : places) {
            for (String path : trees.below(place)) {
                account.fateIfNone(path, fate);
            }
        }
        for (String name : trees.files().names(trees.etc("s6-overlay/s6-rc.d"))) {
            String path = trees.etc("s6-overlay/s6-rc.d/" + name);
            if (trees.files().file(path) != null) {
                account.fateIfNone(path, fate);
            }
        }
    }

    /** Files in directories that add to what another image has. */
    private void grafts() {
        for (Definition graft : trees.definitions().values()) {
            if (graft.type() != Definition.Type.GRAFT) {
                continue;
            }
            Set<String> lists = new LinkedHashSet<>();
            for (String list : List.of("dependencies.d/", "contents.d/")) {
                lists.add(graft.path(list));
            }
            for (String path : trees.below(graft.directory())) {
                boolean listed = false;
                for (String list : lists) {
                    listed |= path.startsWith(list);
                }
                if (!listed) {
                    account.fateIfNone(
                            path,
                            Fate.notCarried(
                                    graft.name() + " is another image's: its type is not here",
                                    "convert the two together: name the other image's root first"));
                }
            }
        }
    }
}
