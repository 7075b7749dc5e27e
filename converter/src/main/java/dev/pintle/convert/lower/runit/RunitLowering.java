package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.runit.ServiceLowering.Surroundings;
import dev.pintle.convert.parse.runit.RunitConfig;
import dev.pintle.convert.parse.runit.ServiceDirectory;
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

    private static final long STOP_MARGIN = 1;

    private final RunitConfig config;
    private final boolean wiped;
    private final Account account = new Account();

    private RunitLowering(RunitConfig config, boolean wiped) {
        this.config = config;
        this.wiped = wiped;
    }

    /**
     * Makes the drafts and the report.
     *
     * @param wiped whether runsvdir was started with an environment of PATH alone, as by runsvdir-start
     */
    public static Lowered lower(RunitConfig config, boolean wiped) {
        return new RunitLowering(config, wiped).lower();
    }

    private Lowered lower() {
        Optional<PhusionLowering> phusion = config.phusion().map(p -> new PhusionLowering(p, account));
        Surroundings surroundings = new Surroundings(
                config.image(),
                phusion.map(PhusionLowering::environment).orElse(Map.of()),
                wiped,
                phusion.isPresent()
                        ? "${KILL_PROCESS_TIMEOUT:-" + PHUSION_SECONDS + "}"
                        : LayoutText.duration(GRACE_SECONDS * 1000));
        List<ServiceLowering> services = new ArrayList<>();
        for (ServiceDirectory directory : config.services()) {
            ServiceLowering service = new ServiceLowering(directory, surroundings, account);
            String name = service.draft().name();
            directory.files().values().forEach(f -> account.open(f, directory.name() + "/" + f.path(), List.of(name)));
            if (service.plan()) {
                services.add(service);
            }
        }
        int depth = order(services);
        long stop = depth * (phusion.isPresent() ? PHUSION_SECONDS : GRACE_SECONDS) + STOP_MARGIN;
        List<Draft> drafts =
                new ArrayList<>(services.stream().map(ServiceLowering::draft).toList());
        phusion.ifPresent(p -> p.lower(drafts));
        drafts.sort(Comparator.comparing(Draft::name));
        return new Lowered(drafts, container(stop), report(stop));
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

    private static Draft container(long stopSeconds) {
        Draft container = new Draft("pintle.conf", "");
        container.set(Key.SHUTDOWN_GRACE_PERIOD, LayoutText.duration(stopSeconds * 1000));
        return container;
    }

    private Report report(long stopSeconds) {
        boolean phusion = config.phusion().isPresent();
        return new Report(
                account.close(),
                RunitNotes.of(wiped, phusion, stopSeconds),
                new Report.StopTime(phusion ? PHUSION_SECONDS : null, stopSeconds));
    }
}
