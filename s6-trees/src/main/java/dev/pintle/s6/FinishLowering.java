package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a finish script: keys where it is there to end the container, else a script that calls it. */
final class FinishLowering {

    private final Account account;
    private final Scripts scripts;

    FinishLowering(Account account, Scripts scripts) {
        this.account = account;
        this.scripts = scripts;
    }

    /** Has the service end as the script wanted it to. */
    void lower(S6Service service, Definition definition, TreeFile script) {
        Finish finish = Finish.of(script);
        switch (finish.kind()) {
            case NOTHING -> account.fate(script.path(), Fate.changed("not needed: it only says how the service ended"));
            case ALWAYS_STOPS -> {
                service.set(Key.RESTART, "no");
                service.set(Key.ON_EXIT, "stop_container");
                account.fate(
                        script.path(),
                        Fate.approximated(
                                "restart = no, on_exit = stop_container: any end of the service stops the container, as it did;"
                                        + " its code is the service's, where s6-overlay's was what the script stored, or 0."
                                        + " The stop is in order, and 'docker stop' gives 0",
                                null));
            }
            case STOPS_ON_FAILURE -> {
                service.set(Key.RESTART, "on-success");
                if (!finish.successes().equals("0")) {
                    service.set(Key.SUCCESS_EXIT_CODES, finish.successes());
                }
                service.set(Key.ON_EXIT, "stop_container");
                account.fate(
                        script.path(),
                        Fate.approximated(
                                "restart = on-success, on_exit = stop_container: a failure stops the container with its code, as"
                                        + " it did. So does an end by any signal, after some of which s6 restarted the service; and"
                                        + " 'docker stop' gives 0, where the script made it 143",
                                null));
            }
            case UNKNOWN -> keepFinish(service, definition, script);
        }
    }

    /** Ours gets the code and the signal; the third argument is the service's name. */
    private void keepFinish(S6Service service, Definition definition, TreeFile script) {
        S6Service scratch = new S6Service(service.name(), "");
        List<String> words = scripts.words(scratch, script.path(), List.of());
        scratch.environment().forEach(service::setVariable);
        service.addScript(
                "finish",
                "#!/bin/sh\n# " + script.path() + " gets the name of the service too\nexec " + shell(words)
                        + " \"$1\" \"$2\" " + shell(List.of(LayoutText.escape(definition.name()))) + "\n");
        account.fate(script.path(), Fate.changed("finish: a script that calls it where it is"));
        if (service.has(Key.USER)) {
            account.fate(
                    script.path(),
                    Fate.approximated(
                            "it is run by the service's user, where s6 ran it by root",
                            "write run as a shell's script that calls s6-setuidgid"));
        }
        if (script.text().indexOf("$4") >= 0 || script.text().indexOf("${4}") >= 0) {
            account.fate(
                    script.path(), Fate.notCarried("it does not get the process group as a fourth argument", null));
        }
    }

    /** Templates as a shell's words. */
    private static String shell(List<String> templates) {
        List<String> words = new ArrayList<>();
        for (String template : templates) {
            StringBuilder word = new StringBuilder("\"");
            for (int i = 0; i < template.length(); i++) {
                char c = template.charAt(i);
                if (c == '$' && i + 1 < template.length() && template.charAt(i + 1) == '$') {
                    word.append("\\$");
                    i++;
                } else {
                    word.append(c == '"' || c == '\\' || c == '`' ? "\\" : "").append(c);
                }
            }
            words.add(word.append('"').toString());
        }
        return Text.join(words, " ");
    }
}
