package dev.pintle.s6;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory of s6-rc's sources, or a service directory. */
final class Definition {

    /** What it is. */
    enum Type {
        LONGRUN,
        ONESHOT,
        BUNDLE,
        /** It adds to a definition that is in another image. */
        GRAFT,
        /** A service directory of services.d, or of a scan directory. */
        LEGACY
    }

    private final String name;
    private final String directory;
    private final Type type;
    private final Set<String> dependencies = new LinkedHashSet<>();
    private final Set<String> contents = new LinkedHashSet<>();
    private final List<String> producerFor = new ArrayList<>();
    private final List<String> consumerFor = new ArrayList<>();
    private @Nullable String pipeline;

    Definition(String name, String directory, Type type) {
        this.name = name;
        this.directory = directory;
        this.type = type;
    }

    String name() {
        return name;
    }

    /** Absolute, in the container. */
    String directory() {
        return directory;
    }

    Type type() {
        return type;
    }

    String path(String file) {
        return directory + "/" + file;
    }

    Set<String> dependencies() {
        return dependencies;
    }

    Set<String> contents() {
        return contents;
    }

    List<String> producerFor() {
        return producerFor;
    }

    List<String> consumerFor() {
        return consumerFor;
    }

    /** The bundle of its pipeline, or null. */
    @Nullable
    String pipeline() {
        return pipeline;
    }

    void setPipeline(String bundle) {
        pipeline = bundle;
    }
}
