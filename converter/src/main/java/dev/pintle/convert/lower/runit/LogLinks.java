package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Directories that {@code log/run} names by a link beside it, such as {@code main -> /var/log/web}. A layout is made of
 * files, so the script names the directory itself.
 *
 * @param text  of the script to be
 * @param links that it does not need any more
 * @param lines that were changed
 */
record LogLinks(String text, List<ServiceFile> links, List<Line> lines) {

    /** What is said of a link. */
    static final Fate FOLLOWED = Fate.changed("not needed: log/run names the directory that it leads to");

    /** Follows the links that are words of a script, or the beginnings of words. */
    static LogLinks of(ServiceDirectory service, ServiceFile run) {
        String text = run.text();
        List<ServiceFile> links = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (ServiceFile file : service.files().values()) {
            Optional<String> target = file.link().map(to -> absolute(service, to));
            boolean beside = file.path().startsWith("log/") && file.path().indexOf('/', "log/".length()) < 0;
            if (target.isEmpty() || !beside || file.isRegular()) {
                continue;
            }
            Pattern word = Pattern.compile(
                    "(?m)(^[^#\\n]*?\\s[\"']?)(?:\\./)?" + Pattern.quote(file.name()) + "(?=/|[\"']?(?:\\s|$))");
            Matcher matcher = word.matcher(text);
            if (matcher.find()) {
                String fate = target.get() + " in place of " + file.name() + ", which is a link to it";
                lines.add(new Line(run, matcher.end(1), file.name(), Fate.changed(fate)));
                text = matcher.replaceAll(found -> Matcher.quoteReplacement(found.group(1) + target.get()));
                links.add(file);
            }
        }
        return new LogLinks(text, links, lines);
    }

    private static String absolute(ServiceDirectory service, String target) {
        String real = service.paths().get(service.paths().size() - 1);
        return target.startsWith("/") ? target : Paths.normal(real + "/log/" + target);
    }
}
