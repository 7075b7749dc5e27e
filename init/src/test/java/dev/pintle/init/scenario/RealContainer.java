package dev.pintle.init.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An init that runs as a process of this machine, from the layout in a directory. */
final class RealContainer implements Container {
    private final Path directory;
    private final Process process;

    RealContainer(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static Path output(Path directory) {
        return directory.resolve("output");
    }

    static Path messages(Path directory) {
        return directory.resolve("messages");
    }

    static Path socket(Path directory) {
        return directory.resolve("control");
    }

    /** Ends what is left of it. */
    void end() throws InterruptedException {
        List<ProcessHandle> left = process.descendants().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** The init itself: below unshare(1) its child. */
    private ProcessHandle init() {
        boolean unshared = process.info().command().orElse("").endsWith("/unshare");
        return unshared ? process.children().findFirst().orElse(process.toHandle()) : process.toHandle();
    }

    @Override
    public long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void wakeAt(long time) {
        // It is looked at all the time.
    }

    @Override
    public String messages() {
        return read(messages(directory));
    }

    @Override
    public String output() {
        return read(output(directory));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    @Override
    public void signal(int number) {
        try {
            String pid = Long.toString(init().pid());
            int code = new ProcessBuilder("/bin/sh", "-c", "kill -" + number + " " + pid)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("the init is not there to get signal " + number);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Client connect() {
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(directory)));
            channel.configureBlocking(false);
            return new Connection(channel);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void put(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String file) {
        try (Stream<Path> paths = Files.walk(directory.resolve(file))) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasZombies() {
        return init().children().anyMatch(child -> isZombie(child.pid()));
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    /** A connection that is read without waiting. */
    private static final class Connection implements Client {
        private final SocketChannel channel;
        private final StringBuilder received = new StringBuilder();
        private final ByteBuffer buffer = ByteBuffer.allocate(8192);

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void send(String line) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String received() {
            try {
                for (int got = channel.read(buffer.clear()); got > 0; got = channel.read(buffer.clear())) {
                    received.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                }
                return received.toString();
            } catch (IOException e) {
                // The init is gone, or has hung up: nothing more comes.
                return received.toString();
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
