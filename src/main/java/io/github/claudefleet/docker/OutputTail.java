package io.github.claudefleet.docker;

import java.util.Arrays;

/** Last bytes of received output. Not thread-safe. */
final class OutputTail {

    private static final int KEPT = 1024;

    private byte[] kept = new byte[0];

    void write(byte[] more) {
        byte[] all = Arrays.copyOf(kept, kept.length + more.length);
        System.arraycopy(more, 0, all, kept.length, more.length);
        kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
    }

    OutputTail copy() {
        OutputTail copy = new OutputTail();
        copy.kept = kept;
        return copy;
    }

    /** Returns true if this ends with the other's bytes, as far as both are stored. */
    boolean endWith(OutputTail other) {
        int from = kept.length - other.kept.length;
        return from >= 0 && Arrays.equals(Arrays.copyOfRange(kept, from, kept.length), other.kept);
    }
}
