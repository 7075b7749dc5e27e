package dev.pintle.s6;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that an image has for s6-overlay: definitions by name, bundles that are started, scripts of the second version. */
final class Trees {

    static final String OVERLAY = "/etc/s6-overlay";
    static final String PACKAGES = "/package/admin";

    /** Directories in directories: enough for every tree, and a bound. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_FILES = 20_000;

    /** What s6-overlay itself defines. */
    private static final Set<String> OWN =
            Set.of("base", "fix-attrs", "legacy-cont-init", "legacy-services", "top", "user", "user2");

    private final ImageFiles files;
    private final Account account;
    private final String prefix;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Map<String, Definition> legacy = new LinkedHashMap<>();
    private final Set<String> user = new LinkedHashSet<>();
    private final Set<String> user2 = new LinkedHashSet<>();
    private boolean scan;

    Trees(ImageFiles files, Account account, String profile) {
        this.files = files;
        this.account = account;
        this.prefix = profile.isEmpty() ? "/etc" : "/etc/cont-profile.d/" + profile;
    }

    ImageFiles files() {
        return files;
    }

    Map<String, Definition> definitions() {
        return definitions;
    }

    /** The services of services.d, or of a scan directory, by their names. */
    Map<String, Definition> legacy() {
        return legacy;
    }

    Set<String> user() {
        return user;
    }

    Set<String> user2() {
        return user2;
    }

    /** Whether this is a directory that s6-svscan supervises, with no s6-overlay around it. */
    boolean isScan() {
        return scan;
    }

    /** Where something that s6-overlay looks for below /etc is. */
    String etc(String name) {
        return prefix + "/" + name;
    }

    /** Whether s6-overlay itself is there, and so everything that its services can need. */
    boolean isWhole() {
        for (String name : files.names(PACKAGES)) {
            if (name.startsWith("s6-overlay")) {
                return true;
            }
        }
        return false;
    }

    /** Reads s6-overlay's trees; {@code bundles} is where the user bundles are instead, or empty. */
    void read(String bundles) {
        for (String name : files.names(PACKAGES)) {
            String sources = PACKAGES + "/" + name + "/etc/s6-rc/sources";
            if (name.startsWith("s6-overlay") && files.isDirectory(sources)) {
                openAll(sources);
                readSources(sources, true);
            }
        }
        openAll(OVERLAY);
        if (!prefix.equals("/etc")) {
            openAll(prefix);
        }
        String sources = etc("s6-overlay/s6-rc.d");
        readSources(sources, false);
        String place = bundles.isEmpty() ? etc("s6-overlay/user-bundles.d") : bundles;
        if (!bundles.isEmpty()) {
            openAll(bundles);
        }
        boolean old = files.isDirectory(sources + "/user");
        userBundle(old ? sources : place, "user", user);
        userBundle(old || files.isDirectory(sources + "/user2") ? sources : place, "user2", user2);
        if (old) {
            hide(place);
        }
        readLegacy(etc("services.d"));
        for (String directory : List.of("cont-init.d", "cont-finish.d", "fix-attrs.d")) {
            openAll(etc(directory));
        }
        openAll("/etc/cont-profile.d");
    }

    /** Reads a directory that {@code s6-svscan} supervises. */
    void readScan(String directory) {
        scan = true;
        readLegacy(directory);
    }

    private void readSources(String sources, boolean packaged) {
        for (String name : files.names(sources)) {
            String directory = sources + "/" + name;
            if (packaged && OWN.contains(name)) {
                fateOfAll(directory, Fate.changed("s6-overlay's own: the init takes its place"));
            } else if (!name.equals("user") && !name.equals("user2") && files.isDirectory(directory)) {
                Definition definition = read(name, directory);
                if (definition != null) {
                    definitions.put(name, definition);
                }
            }
        }
    }

    private @Nullable Definition read(String name, String directory) {
        TreeFile file = files.file(directory + "/type");
        if (file == null) {
            Definition graft = new Definition(name, directory, Definition.Type.GRAFT);
            readLists(graft);
            return graft;
        }
        String text = Text.trim(file.text());
        Definition.Type type = switch (text) {
            case "longrun" -> Definition.Type.LONGRUN;
            case "oneshot" -> Definition.Type.ONESHOT;
            case "bundle" -> Definition.Type.BUNDLE;
            default -> null;
        };
        if (type == null) {
            account.error(
                    file.path(),
                    "read the type of " + name,
                    text.isEmpty() ? "the file is empty" : "'" + text + "' is none",
                    "write longrun, oneshot or bundle");
            return null;
        }
        account.fate(
                file.path(),
                Fate.changed(
                        type == Definition.Type.ONESHOT
                                ? "type = oneshot"
                                : type == Definition.Type.BUNDLE
                                        ? "group in each of its services"
                                        : "a service, which is the default"));
        Definition definition = new Definition(name, directory, type);
        readLists(definition);
        return definition;
    }

    private void readLists(Definition definition) {
        definition.dependencies().addAll(list(definition, "dependencies"));
        definition.contents().addAll(list(definition, "contents"));
        definition.producerFor().addAll(listed(definition, "producer-for"));
        definition.consumerFor().addAll(listed(definition, "consumer-for"));
        List<String> pipeline = listed(definition, "pipeline-name");
        if (!pipeline.isEmpty()) {
            definition.setPipeline(pipeline.get(0));
        }
    }

    /** A directory with a file for each name, and the file of names that is its old form. */
    private List<String> list(Definition definition, String what) {
        List<String> names = new ArrayList<>(files.names(definition.path(what + ".d")));
        names.addAll(listed(definition, what));
        return names;
    }

    private List<String> listed(Definition definition, String name) {
        TreeFile file = files.file(definition.path(name));
        return file == null || !file.isRegular() ? List.of() : Text.listed(file.text());
    }

    private void userBundle(String place, String name, Set<String> members) {
        String directory = place + "/" + name;
        for (String member : files.names(directory + "/contents.d")) {
            members.add(member);
            account.fate(directory + "/contents.d/" + member, Fate.changed("it starts with the container"));
        }
        TreeFile listed = files.file(directory + "/contents");
        if (listed != null) {
            members.addAll(Text.listed(listed.text()));
            account.fate(listed.path(), Fate.changed("these start with the container"));
        }
        TreeFile type = files.file(directory + "/type");
        if (type != null) {
            account.fate(type.path(), Fate.changed("not needed: what is in it starts with the container"));
        }
    }

    /** As s6-overlay does it: where the old place is there, nobody looks at the new one. */
    private void hide(String place) {
        fateOfAll(
                place,
                Fate.changed("no effect, as under s6-overlay: " + etc("s6-overlay/s6-rc.d/user")
                        + " is there, and hides it"));
    }

    private void readLegacy(String directory) {
        openAll(directory);
        for (String name : files.names(directory)) {
            String path = directory + "/" + name;
            if (name.startsWith(".")) {
                fateOfAll(path, Fate.changed("no effect, as before: its name begins with a dot"));
                fateIfFile(path, Fate.changed("no effect, as before: its name begins with a dot"));
            } else if (files.isDirectory(path)) {
                legacy.put(name, new Definition(name, path, Definition.Type.LEGACY));
            } else {
                fateIfFile(path, Fate.changed("no effect, as before: it is no service directory"));
            }
        }
        if (scan && legacy.isEmpty()) {
            account.error(
                    directory,
                    "find services in " + directory,
                    "there is no directory in it",
                    "name a directory that s6-svscan supervises");
        }
    }

    private void fateIfFile(String path, Fate fate) {
        if (files.file(path) != null) {
            account.fate(path, fate);
        }
    }

    /** Opens the account of all files below a directory. */
    private void openAll(String directory) {
        for (String path : below(directory)) {
            account.open(path);
        }
    }

    private void fateOfAll(String directory, Fate fate) {
        for (String path : below(directory)) {
            account.fate(path, fate);
        }
    }

    /** The files below a directory, whatever their depth; more than there are in any image are an error. */
    List<String> below(String directory) {
        List<String> found = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(directory));
        List<Integer> depths = new ArrayList<>(List.of(0));
        while (!open.isEmpty()) {
            String at = open.remove(open.size() - 1);
            int depth = depths.remove(depths.size() - 1);
            for (String name : files.names(at)) {
                String path = at + "/" + name;
                if (found.size() + open.size() > MAX_FILES) {
                    account.error(directory, "read " + directory, "it has more than " + MAX_FILES + " files", "");
                    return found;
                }
                if (files.isDirectory(path) && depth < MAX_DEPTH) {
                    open.add(path);
                    depths.add(depth + 1);
                } else {
                    found.add(path);
                }
            }
        }
        return found;
    }
}
