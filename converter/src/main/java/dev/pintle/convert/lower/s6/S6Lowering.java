package dev.pintle.convert.lower.s6;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.Position;
import dev.pintle.s6.S6Service;
import dev.pintle.s6.Translation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A translation as the converter's drafts and report. */
public final class S6Lowering {

    private S6Lowering() {}

    /**
     * Writes it.
     *
     * @param shown     how messages name a path of the image
     * @param variables where a variable is set, by its name
     */
    public static Lowered lower(
            Translation translation, UnaryOperator<String> shown, Function<String, Position> variables) {
        Draft container = new Draft("pintle.conf", "");
        translation.container().forEach(container::set);
        List<Draft> services =
                translation.services().stream().map(S6Lowering::draft).toList();
        List<Report.Section> sections = new ArrayList<>();
        translation.files().forEach(file -> sections.add(section(file, shown)));
        translation
                .variables()
                .forEach((name, fate) -> sections.add(
                        new Report.Section(name, name, variables.apply(name), fate(fate), List.of(), List.of())));
        Report.StopTime stop = new Report.StopTime(null, translation.stopAfter());
        return new Lowered(services, container, new Report(sections, S6Notes.of(translation, stop), stop));
    }

    private static Draft draft(S6Service service) {
        Draft draft = new Draft(service.name(), service.origin());
        service.keys().forEach(draft::set);
        service.environment().forEach(draft::setVariable);
        service.scripts().forEach((name, text) -> draft.add(name, new OutputFile(text, StandardCharsets.UTF_8, true)));
        S6Service log = service.log();
        if (log != null) {
            draft.nest(draft(log));
        }
        return draft;
    }

    private static Report.Section section(Translation.File file, UnaryOperator<String> shown) {
        String place = shown.apply(file.path());
        List<Report.Key> keys = file.lines().stream()
                .map(line -> new Report.Key(line.label(), new Position(place, line.line(), 1), fate(line.fate())))
                .toList();
        return new Report.Section(
                file.path(), file.path(), new Position(place, 1, 1), fate(file.fate()), file.services(), keys);
    }

    private static Fate fate(dev.pintle.s6.Fate fate) {
        return switch (fate.kind()) {
            case KEPT -> Fate.kept(fate.text());
            case CHANGED -> Fate.changed(fate.text());
            case APPROXIMATED -> Fate.approximated(fate.text(), fate.hint());
            case NOT_CARRIED -> Fate.notCarried(fate.text(), fate.hint());
        };
    }
}
