package dev.pintle.init.scenario;

import java.util.List;
import java.util.Map;

/**
 * A scenario, as it is written.
 *
 * @param name        of its file
 * @param shows       what it shows, in a sentence or two
 * @param files       of the layout, by their paths in it
 * @param later       files that are made by a step
 * @param puppets     the programs
 * @param environment variables of the container, {@code NAME=value}
 * @param command     the container's CMD: a puppet's name and arguments; empty for none
 * @param steps       what is done and expected
 */
public record Scenario(
        String name,
        String shows,
        Map<String, String> files,
        Map<String, String> later,
        Map<String, Puppet> puppets,
        List<String> environment,
        List<String> command,
        List<Step> steps) {
    @Override
    public String toString() {
        return name;
    }
}
