package dev.pintle.init.compat.runit;

import dev.pintle.init.program.FailureException;
import dev.pintle.layout.ProcessSettings.Resource;

/** The soft limits that are asked for. */
final class SoftLimits {
    /** The value that stands for the hard limit. */
    static final long HARD = -1;

    private static final long UNSET = -2;
    /** In the order in which the original sets them. */
    private static final Resource[] ORDER = {
        Resource.DATA, Resource.STACK, Resource.MEMLOCK, Resource.AS, Resource.NOFILE,
        Resource.NPROC, Resource.FSIZE, Resource.CORE, Resource.RSS, Resource.CPU
    };

    private final long[] values = new long[Resource.values().length];

    SoftLimits() {
        for (int i = 0; i < values.length; i++) {
            values[i] = UNSET;
        }
    }

    void set(Resource resource, long value) {
        values[resource.number()] = value;
    }

    /** All of memory at once. */
    void memory(long value) {
        set(Resource.DATA, value);
        set(Resource.STACK, value);
        set(Resource.MEMLOCK, value);
        set(Resource.AS, value);
    }

    void apply(ProcessChange change) throws FailureException {
        for (Resource resource : ORDER) {
            long value = values[resource.number()];
            if (value != UNSET) {
                change.limit(resource.number(), value);
            }
        }
    }
}
