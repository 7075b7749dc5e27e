package dev.pintle.matrix;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.TopContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HostConfig;
import dev.pintle.matrix.Distribution.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** A container whose init is Pintle. */
final class PintleContainer extends GenericContainer<PintleContainer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A machine that stood still has not waited, whatever its clock says. */
    private static final int FEWEST_LOOKS = 60;

    private PintleContainer(String image) {
        super(image);
        withLabel("dev.pintle.test", System.getenv().getOrDefault("PINTLE_TEST_RUN", "container"));
        waitingFor(new NoWait());
    }

    /** A container, not yet started, of a distribution's image with its own services. */
    static PintleContainer of(Distribution distribution) {
        PintleContainer container = new PintleContainer(Images.services(distribution));
        distribution.ports().forEach(container::addExposedPorts);
        return container;
    }

    /** A container, not yet started, of an image. */
    static PintleContainer ofImage(String image) {
        return new PintleContainer(image);
    }

    /** Changes how the engine is asked to create it. */
    PintleContainer created(Consumer<CreateContainerCmd> change) {
        return withCreateContainerCmdModifier(change);
    }

    /** Changes what `docker run` calls its options. */
    PintleContainer runWith(Consumer<HostConfig> change) {
        return created(command -> {
            HostConfig host = command.getHostConfig();
            if (host == null) {
                throw new IllegalStateException("the command that creates a container has no host settings");
            }
            change.accept(host);
        });
    }

    /** Starts it and waits until `pintle health` says that all is ready. */
    PintleContainer startAndAwaitHealth() {
        start();
        eventually("pintle health in a new container", () -> pintle("health").exitCode() == 0);
        return this;
    }

    /** Starts it and waits until it has ended by itself. */
    PintleContainer runToEnd() {
        // Nobody will ask, and the engine has no mapping for a container that has ended.
        setExposedPorts(List.of());
        withStartupCheckStrategy(new Started()).start();
        eventually("the end of the container", () -> !isRunning());
        return this;
    }

    /** What a command wrote, and how it ended. */
    record Result(int exitCode, String output) {}

    /** Runs a command in the container, as `docker exec` does. */
    Result exec(String... command) {
        try {
            ExecResult result = execInContainer(command);
            return new Result(result.getExitCode(), result.getStdout() + result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a shell script in the container. */
    Result sh(String script) {
        return exec("sh", "-c", script);
    }

    /** Runs the `pintle` command in the container. */
    Result pintle(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "pintle";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return exec(command);
    }

    ProcessTable processes() {
        return ProcessTable.parse(sh(ProcessTable.SCRIPT).output());
    }

    /** The init's pid in the container: 1, or another under `docker run --init`. */
    int initPid() {
        List<ProcessTable.Entry> own = processes().own();
        if (own.isEmpty()) {
            throw new AssertionError("no process of the container is /init");
        }
        return own.get(0).pid();
    }

    /** The pid of a service's process, a child of the init, or 0 if there is none. */
    int pidOf(Service service) {
        List<ProcessTable.Entry> found = processes().children(initPid(), service.commandLine());
        return found.isEmpty() ? 0 : found.get(0).pid();
    }

    /** Waits until a service has a process with another pid than before, and returns it. */
    int awaitNewPid(Service service, int before) {
        eventually(service.name() + " with another pid than " + before, () -> {
            int pid = pidOf(service);
            return pid != 0 && pid != before;
        });
        return pidOf(service);
    }

    void awaitWork(Service service) {
        eventually(service.name() + " does its work", () -> service.probe().passes(this));
    }

    /** Stops it as `docker stop` does, and returns how long that took. */
    Duration dockerStop() {
        long begin = System.nanoTime();
        dockerClient.stopContainerCmd(getContainerId()).withTimeout(20).exec();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The exit code of the container, which has ended. */
    long exitCode() {
        Long code = state().getExitCodeLong();
        if (isRunning() || code == null) {
            throw new IllegalStateException("the container has not ended");
        }
        return code;
    }

    @Override
    public boolean isRunning() {
        return getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
    }

    private ContainerState state() {
        return DockerClientFactory.instance()
                .client()
                .inspectContainerCmd(getContainerId())
                .exec()
                .getState();
    }

    /** Something that becomes true in the course of time. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits until something is true; fails with what the engine and the kernel know of the container when it never is. */
    void eventually(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (int looks = 0; !condition.holds(); looks++) {
                if (looks >= FEWEST_LOOKS && System.nanoTime() > deadline) {
                    throw new AssertionError("not within %s and %d looks: %s; %s; its processes:%n%s%nits log:%n%s"
                            .formatted(PATIENCE, looks, what, state(), processesFromOutside(), getLogs()));
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the engine's machine sees of its processes, and in which of the kernel's functions each sleeps. */
    private String processesFromOutside() {
        try {
            TopContainerResponse top = dockerClient
                    .topContainerCmd(getContainerId())
                    .withPsArgs("-eo pid,ppid,stat,wchan:32,args")
                    .exec();
            return Stream.of(top.getProcesses())
                    .map(columns -> String.join(" ", columns))
                    .collect(Collectors.joining(System.lineSeparator()));
        } catch (DockerException e) {
            return "not to be had: " + e.getMessage();
        }
    }

    /** Leaves it to the scenarios to ask Pintle what is up. */
    private static final class NoWait extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {}
    }

    /** Content with a container that ran, whatever its end. */
    private static final class Started extends StartupCheckStrategy {

        @Override
        public StartupStatus checkStartupState(com.github.dockerjava.api.DockerClient client, String containerId) {
            String status = String.valueOf(
                    client.inspectContainerCmd(containerId).exec().getState().getStatus());
            return "created".equals(status) ? StartupStatus.NOT_YET_KNOWN : StartupStatus.SUCCESSFUL;
        }
    }
}
