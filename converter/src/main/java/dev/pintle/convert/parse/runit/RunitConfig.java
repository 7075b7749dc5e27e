package dev.pintle.convert.parse.runit;

import dev.pintle.convert.read.ImageTree.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All services of an image.
 *
 * @param services sorted by name
 * @param image    the files outside of service directories that scripts refer to
 * @param phusion  what phusion's my_init does besides; empty where the image has none
 * @param build    what its Dockerfile tells; none where the image's files themselves are read
 */
public record RunitConfig(
        List<ServiceDirectory> services, ImageFiles image, Optional<Phusion> phusion, Optional<Build> build) {

    /**
     * A Dockerfile, which says what is copied into an image, not what its base has.
     *
     * @param environment the variables that it sets
     * @param switchedOff whether its commands take the execute bits of a file of the image
     */
    public record Build(Map<String, String> environment, Predicate<String> switchedOff) {}

    /** Files of the image by their absolute paths. */
    @FunctionalInterface
    public interface ImageFiles {
        /** A regular file's content; empty where it is not there, or the image's files are not at hand. */
        Optional<Content> read(String path);
    }

    /**
     * The start-up of phusion's baseimage.
     *
     * @param scripts      paths of what is run at start, in order
     * @param preShutdown  paths of what is run before services are stopped, in order
     * @param postShutdown paths of what is run after services have stopped, in order
     * @param environment  variables of {@code /etc/container_environment}, by name
     */
    public record Phusion(
            List<Script> scripts,
            List<Script> preShutdown,
            List<Script> postShutdown,
            Map<String, ServiceFile> environment) {}

    /**
     * A script that my_init runs where it is.
     *
     * @param path in the container
     * @param file its content
     */
    public record Script(String path, ServiceFile file) {}
}
