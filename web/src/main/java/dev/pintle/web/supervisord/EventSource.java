package dev.pintle.web.supervisord;

import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one who tells of events looks processes up. */
public interface EventSource {
    /**
     * What events tell of a process.
     *
     * @param definition what the layout says; null where it has it no more
     */
    record Facts(
            String service,
            String group,
            String name,
            ProcessState state,
            long pid,
            @Nullable ServiceDefinition definition) {
        /** How long it has to run to count as up, in milliseconds. */
        public long minUptime() {
            return definition == null ? 0 : definition.restart().minUptime();
        }

        /** Whether it counts as up by time alone. */
        public boolean provesItselfByTime() {
            return definition != null && definition.readiness().kind() == Readiness.Kind.STARTED;
        }

        /** Whether an exit code is one that is expected. */
        public boolean expects(long code) {
            return definition != null
                    && code >= 0
                    && definition.restart().success().containsCode((int) code);
        }
    }

    /** All processes, with the layout as it is now; none where there is no init to ask. */
    List<Facts> all();

    /** That of a service; null for what is no process of supervisord's. */
    @Nullable
    Facts of(String service);

    /** Looks them up there. */
    static EventSource of(Supervisord supervisord) {
        return new EventSource() {
            @Override
            public List<Facts> all() {
                supervisord.forgetDefinitions();
                return known();
            }

            @Override
            public @Nullable Facts of(String service) {
                for (Facts facts : known()) {
                    if (facts.service().equals(service)) {
                        return facts;
                    }
                }
                return null;
            }

            private List<Facts> known() {
                List<Facts> all = new ArrayList<>();
                try {
                    for (Supervised process : supervisord.processes().all()) {
                        all.add(process.facts());
                    }
                } catch (NoReplyException e) {
                    all.clear();
                }
                return all;
            }
        };
    }
}
