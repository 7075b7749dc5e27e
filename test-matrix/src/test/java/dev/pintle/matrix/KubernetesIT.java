package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * What examples/kubernetes/app.yaml says, played on an engine: its user, its volumes and its rights, the commands of its probes, and its
 * stop in the order and the time of the kubelet. Only the kubelet itself is missing.
 */
class KubernetesIT {

    private static final String SPEC = "spec/template/spec";
    private static final String CONTAINER = SPEC + "/containers/0";

    @Scenario
    void theProbesPassAndTheStopFitsIntoThePods(Distribution distribution) throws IOException {
        Manifest manifest = Manifest.read();
        try (PintleContainer container = asThePodHasIt(distribution, manifest)) {
            container.start();
            container.eventually("the startup probe", () -> probe(container, manifest, "startupProbe") == 0);
            assertEquals(0, probe(container, manifest, "readinessProbe"));
            assertEquals(0, probe(container, manifest, "livenessProbe"));
            long begin = System.nanoTime();
            assertEquals(
                    0,
                    container
                            .exec(manifest.words(CONTAINER + "/lifecycle/preStop/exec/command"))
                            .exitCode());
            container.dockerStop();
            Duration whole = Duration.ofNanos(System.nanoTime() - begin);
            assertEquals(0, container.exitCode(), container.getLogs());
            assertTrue(
                    whole.toSeconds() < Long.parseLong(manifest.text(SPEC + "/terminationGracePeriodSeconds")),
                    whole.toString());
        }
    }

    /** A service that ends again and again takes the pod out of its load balancer, and does not have it killed. */
    @Scenario
    void aServiceInBackoffFailsReadinessAndNotLiveness(Distribution distribution) throws IOException {
        Manifest manifest = Manifest.read();
        String service = distribution.worker().name();
        try (PintleContainer container = asThePodHasIt(distribution, manifest)) {
            container.startAndAwaitHealth();
            container.eventually("a readiness probe that fails", () -> {
                container.pintle("signal", service, "KILL");
                return probe(container, manifest, "readinessProbe") != 0;
            });
            assertEquals(0, probe(container, manifest, "livenessProbe"));
            container.eventually(
                    "a readiness probe that passes", () -> probe(container, manifest, "readinessProbe") == 0);
        }
    }

    private static int probe(PintleContainer container, Manifest manifest, String name) {
        return container
                .exec(manifest.words(CONTAINER + "/" + name + "/exec/command"))
                .exitCode();
    }

    private static PintleContainer asThePodHasIt(Distribution distribution, Manifest manifest) {
        String security = CONTAINER + "/securityContext";
        assertEquals("[ALL]", manifest.text(security + "/capabilities/drop"));
        assertEquals("true", manifest.text(security + "/readOnlyRootFilesystem"));
        assertEquals("false", manifest.text(security + "/allowPrivilegeEscalation"));
        String user = manifest.text(security + "/runAsUser");
        // An emptyDir is writable for all.
        Map<String, String> volumes = manifest.each(CONTAINER + "/volumeMounts", "mountPath")
                .collect(Collectors.toMap(path -> path, path -> "mode=1777"));
        Map<String, String> variables = manifest.each(CONTAINER + "/env", "name")
                .collect(Collectors.toMap(name -> name, name -> manifest.variable(CONTAINER + "/env", name)));
        return PintleContainer.of(distribution)
                .withEnv(variables)
                .created(command -> command.withUser(user + ":0"))
                .runWith(host -> host.withReadonlyRootfs(true)
                        .withTmpFs(volumes)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges")));
    }

    /** The Deployment of the example; paths have names and numbers, with slashes between them. */
    private record Manifest(Object root) {

        static Manifest read() throws IOException {
            try (Reader file = Files.newBufferedReader(Repository.path("examples/kubernetes/app.yaml"))) {
                return new Manifest(new Yaml().loadAll(file).iterator().next());
            }
        }

        String text(String path) {
            return String.valueOf(at(root, path));
        }

        String[] words(String path) {
            return list(path).map(String::valueOf).toArray(String[]::new);
        }

        Stream<String> each(String path, String member) {
            return list(path).map(element -> String.valueOf(at(element, member)));
        }

        String variable(String path, String name) {
            return list(path)
                    .filter(element -> name.equals(at(element, "name")))
                    .map(element -> String.valueOf(at(element, "value")))
                    .findFirst()
                    .orElseThrow();
        }

        private Stream<?> list(String path) {
            return at(root, path) instanceof List<?> list ? list.stream() : Stream.of();
        }

        private static Object at(Object from, String path) {
            Object found = from;
            for (String step : path.split("/", -1)) {
                Object next = found instanceof List<?> list
                        ? list.get(Integer.parseInt(step))
                        : found instanceof Map<?, ?> map ? map.get(step) : null;
                if (next == null) {
                    throw new IllegalArgumentException("the manifest has no " + path);
                }
                found = next;
            }
            return found;
        }
    }
}
