package io.github.claudefleet.faults;

import io.github.claudefleet.it.ChannelStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One connection through the proxy, with a thread for the requests and another one for the answers. */
final class ProxiedConnection implements AutoCloseable {

    private static final int PIECE = 1024;
    private static final long PAUSE_MILLIS = 100;
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    /** Call that was sent to the engine, with the fault for its answer. */
    private record Exchange(String method, String target, Optional<Fault> fault) {}

    private final FaultProxy proxy;
    private final SocketChannel near;
    private final SocketChannel far;
    private final BlockingQueue<Exchange> asked = new ArrayBlockingQueue<>(16);

    ProxiedConnection(FaultProxy proxy, SocketChannel near, SocketChannel far) {
        this.proxy = proxy;
        this.near = near;
        this.far = far;
    }

    void hearRequests() {
        whileItLasts(() -> {
            InputStream input = ChannelStreams.input(near);
            OutputStream engine = ChannelStreams.output(far);
            Optional<HttpHead> request = HttpHead.read(input);
            while (request.isPresent() && handle(request.get(), input, engine)) {
                request = HttpHead.read(input);
            }
        });
    }

    void hearAnswers() {
        whileItLasts(() -> {
            InputStream input = ChannelStreams.input(far);
            OutputStream client = ChannelStreams.output(near);
            boolean more = true;
            while (more) {
                Optional<HttpHead> answer = HttpHead.read(input);
                more = answer.isPresent() && handle(asked.take(), answer.get(), input, client);
            }
        });
    }

    @Override
    public void close() {
        closeQuietly(near);
        closeQuietly(far);
    }

    private boolean handle(HttpHead request, InputStream input, OutputStream engine)
            throws IOException, InterruptedException {
        String method = request.method();
        String target = request.target();
        if (!proxy.admit(method, target)) {
            return false;
        }
        Optional<Fault> fault = proxy.faultFor(method, target);
        if (fault.isPresent() && fault.get().isAnswer()) {
            request.passRequestBody(input, NOWHERE);
            ChannelStreams.output(near).write(fault.get().answer());
            return true;
        }
        if (fault.isPresent() && isBefore(fault.get(), input)) {
            return false;
        }
        asked.put(new Exchange(method, target, fault));
        engine.write(request.bytes());
        request.passRequestBody(input, engine);
        if (request.asksForUpgrade()) {
            HttpHead.passAll(input, engine);
            return false;
        }
        return true;
    }

    /** Returns true if the fault comes before the engine receives the call. In this case the fault has been applied. */
    private boolean isBefore(Fault fault, InputStream input) throws IOException {
        switch (fault) {
            case REFUSED -> proxy.refuse(FaultProxy.AWAY);
            case STALLED -> HttpHead.passAll(input, NOWHERE);
            case RESET_BEFORE -> close();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean handle(Exchange exchange, HttpHead answer, InputStream input, OutputStream client)
            throws IOException, InterruptedException {
        if (!proxy.letAnswer(exchange.method(), exchange.target())) {
            return false;
        }
        Fault fault = exchange.fault().orElse(null);
        if (fault == Fault.RESET_AFTER) {
            return false;
        }
        if (fault == Fault.LOST) {
            HttpHead.passAll(input, NOWHERE);
            Thread.sleep(FaultProxy.FOREVER.toMillis());
            return false;
        }
        OutputStream output = fault == Fault.SLOW ? FaultyStreams.dribbling(client, PIECE, PAUSE_MILLIS) : client;
        output.write(answer.bytes());
        OutputStream body = fault == Fault.CUT ? FaultyStreams.breaking(client) : output;
        boolean more = answer.passAnswerBody(exchange.method(), input, body);
        proxy.answered(exchange.method(), exchange.target());
        return more && fault != Fault.CUT;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs the work of one thread, and closes both ends when it ends. */
    private void whileItLasts(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            // The other side sees such a failure as the end of the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The channel needs no further handling.
        }
    }
}
