package io.github.claudefleet.transfer;

/** Failure of an operation in the container of a transfer, with its own message. */
final class TransferFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TransferFailedException(String message) {
        super(message);
    }
}
