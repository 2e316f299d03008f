package org.junitsandbox.internal.engine.kubernetes;

import java.io.IOException;

/**
 * Takes apart what a server sends on a WebSocket: RFC 6455, section 5. Frames may be cut anywhere; their payload is
 * handed on as it comes, so that no claimed length is trusted. Not safe for use by several threads.
 */
final class WebSocketDecoder {

    /** What comes, in order. */
    interface Handler {

        /**
         * A piece of a binary message. The array is used again.
         *
         * @param first whether it is the message's first piece that is not empty
         */
        void data(byte[] bytes, int offset, int length, boolean first) throws IOException;

        /** The end of a binary message. */
        void messageEnd() throws IOException;

        /** A close, a ping or a pong. */
        void control(int opcode, byte[] payload) throws IOException;
    }

    static final int CONTINUATION = 0;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int FIN = 0x80;
    static final int MASKED = 0x80;
    static final int MAX_CONTROL_BYTES = 125;
    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;

    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;

    private final Handler handler;

    /** The header of the present frame: two bytes, and up to eight of a longer length. */
    private final byte[] header = new byte[10];

    private int headerLength;
    private int headerWanted = 2;
    private boolean inPayload;
    private long payloadLeft;
    private byte[] control = {};
    private boolean inMessage;
    private boolean messageIsEmpty;

    WebSocketDecoder(Handler handler) {
        this.handler = handler;
    }

    /** Decodes a piece of the stream. */
    void decode(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int position = offset;
        while (position < end || (inPayload && payloadLeft == 0)) {
            if (inPayload) {
                int count = (int) Math.min(payloadLeft, end - position);
                takePayload(bytes, position, count);
                position += count;
            } else {
                header[headerLength++] = bytes[position++];
                if (headerLength == headerWanted) {
                    takeHeader();
                }
            }
        }
    }

    /** Whether the stream may end here. */
    boolean isBetweenFrames() {
        return headerLength == 0;
    }

    private void takeHeader() throws IOException {
        if (headerLength == 2) {
            checkStart();
            int length = header[1] & 0x7f;
            headerWanted = length == LENGTH_16 ? 4 : length == LENGTH_64 ? 10 : 2;
            payloadLeft = length;
        }
        if (headerLength == headerWanted) {
            if (headerWanted > 2) {
                payloadLeft = longLength();
            }
            inPayload = true;
            control = isControl() ? new byte[(int) payloadLeft] : control;
        }
    }

    private void checkStart() throws IOException {
        if ((header[0] & RESERVED) != 0) {
            throw broken("reserved bits are set");
        }
        if ((header[1] & MASKED) != 0) {
            throw broken("a frame of the server is masked");
        }
        int opcode = header[0] & OPCODE;
        if (isControl()) {
            if (!isFinal()) {
                throw broken("a control frame is fragmented");
            }
            if ((header[1] & 0x7f) > MAX_CONTROL_BYTES) {
                throw broken("a control frame has more than " + MAX_CONTROL_BYTES + " bytes");
            }
            if (opcode > PONG) {
                throw broken("opcode " + opcode + " is unknown");
            }
            return;
        }
        if (opcode != CONTINUATION && opcode != BINARY) {
            throw broken(opcode == 1 ? "a text message, where binary ones were agreed on" : "opcode " + opcode
                    + " is unknown");
        }
        if (inMessage != (opcode == CONTINUATION)) {
            throw broken(inMessage ? "a message starts within another one" : "a continuation without a start");
        }
        messageIsEmpty |= !inMessage;
        inMessage = true;
    }

    private long longLength() throws IOException {
        long length = 0;
        for (int i = 2; i < headerWanted; i++) {
            length = length << 8 | (header[i] & 0xff);
        }
        if (length < 0) {
            throw broken("a length of more than 63 bits");
        }
        return length;
    }

    private void takePayload(byte[] bytes, int position, int count) throws IOException {
        if (isControl()) {
            System.arraycopy(bytes, position, control, control.length - (int) payloadLeft, count);
        } else if (count > 0) {
            handler.data(bytes, position, count, messageIsEmpty);
            messageIsEmpty = false;
        }
        payloadLeft -= count;
        if (payloadLeft == 0) {
            endFrame();
        }
    }

    private void endFrame() throws IOException {
        inPayload = false;
        headerLength = 0;
        headerWanted = 2;
        if (isControl()) {
            handler.control(header[0] & OPCODE, control);
        } else if (isFinal()) {
            inMessage = false;
            handler.messageEnd();
        }
    }

    private boolean isControl() {
        return (header[0] & OPCODE) >= CLOSE;
    }

    private boolean isFinal() {
        return (header[0] & FIN) != 0;
    }

    private static IOException broken(String what) {
        return new IOException("the server breaks the protocol of WebSockets: " + what);
    }
}
