package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.Placeholders;
import dev.pintle.convert.lower.Placeholders.Fillers;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.lower.runit.ServiceLowering.Surroundings;
import dev.pintle.convert.parse.runit.RunitConfig;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lowers the services of an image that runit supervised. */
public final class RunitLowering {

    /** {@code sv force-stop} kills after that many seconds. */
    private static final long GRACE_SECONDS = 7;

    private static final long PHUSION_SECONDS = 30;

    /** my_init's variable. */
    private static final String TIMEOUT = "KILL_PROCESS_TIMEOUT";

    private static final long STOP_MARGIN = 1;

    private final RunitConfig config;
    private final boolean wiped;
    private final Fillers fillers;
    private final Account account = new Account();

    private RunitLowering(RunitConfig config, boolean wiped, Fillers fillers) {
        this.fillers = fillers;
        this.config = config;
        this.wiped = wiped;
    }

    /**
     * Makes the drafts and the report.
     *
     * @param wiped   whether runsvdir was started with an environment of PATH alone, as by runsvdir-start
     * @param fillers what fills in placeholders
     */
    public static Lowered lower(RunitConfig config, boolean wiped, Fillers fillers) {
        return new RunitLowering(config, wiped, fillers).lower();
    }

    private Lowered lower() {
        Optional<PhusionLowering> phusion = config.phusion().map(p -> new PhusionLowering(p, account));
        Surroundings surroundings = new Surroundings(
                config.image(),
                phusion.map(PhusionLowering::environment).orElse(Map.of()),
                wiped,
                phusion.isPresent()
                        ? "${" + TIMEOUT + ":-" + LayoutText.duration(Report.StopTime.USUAL * 1000) + "}"
                        : LayoutText.duration(GRACE_SECONDS * 1000),
                config.build());
        List<ServiceLowering> services = new ArrayList<>();
        for (ServiceDirectory directory : config.services()) {
            ServiceLowering service = new ServiceLowering(directory, surroundings, account);
            String name = service.draft().name();
            directory.files().values().forEach(f -> account.open(f, directory.name() + "/" + f.path(), List.of(name)));
            directory.files().values().forEach(this::placeholders);
            if (service.plan()) {
                services.add(service);
            }
        }
        int depth = order(services);
        long stop = phusion.isPresent()
                ? phusionSeconds()
                : Math.min(depth * GRACE_SECONDS + STOP_MARGIN, Report.StopTime.USUAL);
        List<Draft> drafts =
                new ArrayList<>(services.stream().map(ServiceLowering::draft).toList());
        phusion.ifPresent(p -> p.lower(drafts));
        drafts.sort(Comparator.comparing(Draft::name));
        return new Lowered(drafts, container(stop), report(stop));
    }

    private void placeholders(ServiceFile file) {
        int start = 0;
        for (String line : file.text().split("\n", -1)) {
            List<String> found = Placeholders.in(line);
            if (!found.isEmpty() && !line.startsWith("#")) {
                account.line(new Line(file, start, found.get(0), Placeholders.fate(found, fillers)));
            }
            start += line.length() + 1;
        }
    }

    /** What the image sets, else what Docker grants: my_init's own thirty seconds were never reached under it. */
    private long phusionSeconds() {
        String set = config.build()
                .map(build -> build.environment().getOrDefault(TIMEOUT, ""))
                .orElse("");
        return set.matches("[1-9]\\d{0,4}") ? Long.parseLong(set) + STOP_MARGIN : Report.StopTime.USUAL;
    }

    /** Fills the drafts; returns how many services can have to stop one after another. */
    private int order(List<ServiceLowering> services) {
        Dependencies dependencies =
                new Dependencies(services.stream().map(s -> s.draft().name()).collect(Collectors.toSet()));
        for (ServiceLowering service : services) {
            service.fill(dependencies.resolve(service.draft().name(), service.dependencies()));
        }
        return dependencies.depth();
    }

    /** Who sets my_init's variable for a container asks for that time. */
    private Draft container(long stopSeconds) {
        Draft container = new Draft("pintle.conf", "");
        String seconds = LayoutText.duration(stopSeconds * 1000);
        container.set(
                Key.SHUTDOWN_GRACE_PERIOD,
                config.phusion().isPresent() && stopSeconds == Report.StopTime.USUAL
                        ? "${" + TIMEOUT + ":-" + seconds + "}"
                        : seconds);
        return container;
    }

    private Report report(long stopSeconds) {
        boolean phusion = config.phusion().isPresent();
        return new Report(
                account.close(),
                RunitNotes.of(wiped, phusion, new Report.StopTime(null, stopSeconds)),
                new Report.StopTime(phusion ? PHUSION_SECONDS : null, stopSeconds));
    }
}
