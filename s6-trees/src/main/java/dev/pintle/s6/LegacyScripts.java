package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of cont-init.d and cont-finish.d. The former are oneshots, one after another. The latter are what oneshots
 * without a command undo: these are up before all others, so that they go down last, and each after the next.
 */
final class LegacyScripts {

    private final Trees trees;
    private final Account account;
    private final Settings settings;
    private final Scripts scripts;
    private final Map<String, S6Service> services;
    private @Nullable String finish;
    private @Nullable String init;

    LegacyScripts(Trees trees, Account account, Settings settings, Scripts scripts, Map<String, S6Service> services) {
        this.trees = trees;
        this.account = account;
        this.settings = settings;
        this.scripts = scripts;
        this.services = services;
        if (!trees.isScan()) {
            lowerFinish();
            lowerInit();
        }
    }

    /** The oneshot of the first script that is run at the stop, or null. */
    @Nullable
    String finish() {
        return finish;
    }

    /** That of the last script that is run at the start, or null. */
    @Nullable
    String init() {
        return init;
    }

    /** The scripts of a directory in the order of their bytes. */
    private List<TreeFile> scripts(String directory) {
        List<TreeFile> found = new ArrayList<>();
        for (String name : trees.files().names(directory)) {
            String path = directory + "/" + name;
            TreeFile file = trees.files().file(path);
            if (name.startsWith(".")) {
                hidden(path);
            } else if (file == null) {
                for (String below : trees.below(path)) {
                    account.fate(
                            below,
                            Fate.approximated(
                                    name + " is a directory: s6-overlay fails to execute it, here it is passed over",
                                    null));
                }
            } else if (!file.isRegular() || file.text().isEmpty()) {
                account.fate(path, Fate.notCarried("it is nothing that could be executed", null));
            } else {
                found.add(file);
            }
        }
        return found;
    }

    private void hidden(String path) {
        Fate fate = Fate.changed("no effect, as before: its name begins with a dot");
        if (trees.files().file(path) != null) {
            account.fate(path, fate);
        }
        for (String below : trees.below(path)) {
            account.fate(below, fate);
        }
    }

    private void lowerFinish() {
        List<TreeFile> files = scripts(trees.etc("cont-finish.d"));
        for (int i = files.size() - 1; i >= 0; i--) {
            TreeFile file = files.get(i);
            S6Service service = oneshot("cont-finish-", file);
            scripts.execute(service, Key.DOWN_COMMAND, file.path());
            service.set(Key.STOP_GRACE_PERIOD, LayoutText.duration(settings.finishTime()));
            if (finish != null) {
                service.addTo(Key.DEPENDS_ON, finish);
            }
            account.fate(
                    file.path(), Fate.changed("down_command of a oneshot that is up first, so that it goes down last"));
            finish = service.name();
        }
    }

    private void lowerInit() {
        for (TreeFile file : scripts(trees.etc("cont-init.d"))) {
            S6Service service = oneshot("cont-init-", file);
            scripts.execute(service, Key.COMMAND, file.path());
            if (init != null) {
                service.addTo(Key.DEPENDS_ON, init + (settings.failureStops() ? "" : ":finished"));
            } else if (finish != null) {
                service.addTo(Key.DEPENDS_ON, finish);
            }
            service.set(Key.ON_FAILED, settings.failureStops() ? "stop_container" : "ignore");
            init = service.name();
        }
    }

    private S6Service oneshot(String prefix, TreeFile file) {
        String name = Names.legal(prefix + Text.name(file.path()));
        String unique = name;
        for (int i = 2; services.containsKey(unique); i++) {
            unique = name + "-" + i;
        }
        S6Service service = new S6Service(unique, file.path());
        service.set(Key.TYPE, "oneshot");
        services.put(unique, service);
        account.service(file.path(), unique);
        return service;
    }
}
