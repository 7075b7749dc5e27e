package dev.pintle.matrix;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The image that a distribution's tests start from.
 *
 * @param reference its name for {@code FROM}
 * @param prettyName what its os-release calls it; a made image may be another rebuild of the same distribution
 */
record BaseImage(String reference, String prettyName) {

    private static final Map<Distribution, BaseImage> KNOWN = new ConcurrentHashMap<>();

    /** Pulls or makes it on the first call, as {@code scripts/test-base-image} does. */
    static BaseImage of(Distribution distribution) {
        return KNOWN.computeIfAbsent(distribution, BaseImage::pullOrMake);
    }

    /** The image for a reader, without pulling or making one. */
    static String describe(Distribution distribution) {
        BaseImage known = KNOWN.get(distribution);
        return known == null ? "no image for " + distribution : known.toString();
    }

    private static BaseImage pullOrMake(Distribution distribution) {
        List<String> lines = Command.run(
                        Repository.path("scripts/test-base-image").toString(), distribution.toString())
                .lines()
                .toList();
        return new BaseImage(lines.get(0), lines.get(1));
    }

    @Override
    public String toString() {
        return prettyName + " (" + reference + ")";
    }
}
