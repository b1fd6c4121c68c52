package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.claudefleet.engine.ExecResult;

/** Collects the output of a command, standard output and standard error separately. */
final class ExecOutput extends StreamCallback<Frame> {

    /** Maximum size, far above the output of the commands that are run and harmless for memory. */
    static final int MOST = 16 << 20;

    private final Utf8Text output = new Utf8Text(MOST);
    private final Utf8Text errors = new Utf8Text(MOST);

    @Override
    void take(Frame frame) {
        (frame.getStreamType() == StreamType.STDERR ? errors : output).write(frame.getPayload());
    }

    /** Returns true if some output was discarded. */
    boolean overflowed() {
        return output.overflowed() || errors.overflowed();
    }

    ExecResult result(int exitCode) {
        return new ExecResult(exitCode, output.toString(), errors.toString());
    }
}
