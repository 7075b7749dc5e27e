package dev.pintle.web;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Listens at the place of the control socket and gives every request the same reply. */
final class FakeInit implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final byte[] reply;
    private final Thread thread;

    /**
     * Starts it.
     *
     * @param directory where an {@link Installed} is
     * @param reply     a line
     */
    FakeInit(Path directory, String reply) throws IOException {
        this.reply = (reply + "\n").getBytes(StandardCharsets.UTF_8);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(directory.resolve("control")));
        thread = new Thread(this::serve);
        thread.start();
    }

    private void serve() {
        while (listener.isOpen()) {
            try (SocketChannel client = listener.accept()) {
                client.read(ByteBuffer.allocate(4096));
                ByteBuffer bytes = ByteBuffer.wrap(reply);
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
            } catch (IOException e) {
                // It is closed, or the client has gone.
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
