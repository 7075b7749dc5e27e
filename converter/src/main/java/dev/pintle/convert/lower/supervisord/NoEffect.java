package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.KnownKeys;
import dev.pintle.convert.parse.supervisord.ini.IniDocument;
import dev.pintle.layout.text.Nearest;
import java.util.List;
import java.util.Map;

/** Accounts for what supervisord itself passes over without a word: unknown sections, and unknown keys of known ones. */
final class NoEffect {

    /** Keys of supervisord's relatives and plug-ins that say something which Pintle can do. */
    private static final Map<String, String> DIALECTS = Map.of(
            "dependent_startup",
            "it is for an event listener that is not here; write depends_on in service.conf",
            "dependent_startup_wait_for",
            "it is for an event listener that is not here; write depends_on in service.conf");

    private final IniDocument document;
    private final Ledger ledger;

    NoEffect(IniDocument document, Ledger ledger) {
        this.document = document;
        this.ledger = ledger;
    }

    void lower() {
        for (String section : document.sections()) {
            String kind = kind(section);
            List<String> known = KnownKeys.of(kind);
            if (section.equals(IniDocument.PROGRAM_DEFAULT)) {
                continue;
            }
            if (known == null) {
                // Other sections that mean something have been accounted for as a whole.
                unknownSection(section, kind);
                continue;
            }
            ledger.sectionIfNone(section, Fate.changed("it runs nothing, as under supervisord"));
            for (String key : document.keys(section)) {
                if (!known.contains(key) && !document.isInherited(section, key)) {
                    ledger.keyIfNone(section, key, unknownKey(key, known));
                }
            }
            ledger.rest(section, Fate.changed("no effect, as under supervisord"));
        }
    }

    private static String kind(String section) {
        int colon = section.indexOf(':');
        return colon < 0 ? section : section.substring(0, colon);
    }

    private void unknownSection(String section, String kind) {
        Fate fate = Fate.changed("no effect, as under supervisord, which does not know such a section");
        String hint = Nearest.didYouMean(
                kind,
                List.of(
                        "program",
                        "group",
                        "include",
                        "supervisord",
                        "eventlistener",
                        "fcgi-program",
                        "supervisorctl",
                        "unix_http_server",
                        "inet_http_server",
                        "rpcinterface"));
        ledger.sectionIfNone(section, hint == null ? fate : fate.withHint(hint));
        ledger.rest(section, Fate.changed("with its section"));
    }

    private static Fate unknownKey(String key, List<String> known) {
        Fate fate = Fate.changed("no effect, as under supervisord, which does not know it");
        String hint = DIALECTS.get(key) != null ? DIALECTS.get(key) : Nearest.didYouMean(key, known);
        return hint == null ? fate : fate.withHint(hint);
    }
}
