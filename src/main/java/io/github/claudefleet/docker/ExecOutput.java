package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.claudefleet.engine.ExecResult;

/** Collects what a command prints, standard output and standard error apart. */
final class ExecOutput extends StreamCallback<Frame> {

    /** Far above what a command that is run for its answer prints, and below what hurts. */
    static final int MOST = 16 << 20;

    private final Utf8Text output = new Utf8Text(MOST);
    private final Utf8Text errors = new Utf8Text(MOST);

    @Override
    void take(Frame frame) {
        (frame.getStreamType() == StreamType.STDERR ? errors : output).write(frame.getPayload());
    }

    /** Whether it printed more than is kept. */
    boolean overflowed() {
        return output.overflowed() || errors.overflowed();
    }

    ExecResult result(int exitCode) {
        return new ExecResult(exitCode, output.toString(), errors.toString());
    }
}
