package org.junitsandbox.evidence;

import java.io.IOException;
import org.junitsandbox.shell.TranscriptEvent;

/** Writes events one after the other. */
interface EventWriter {

    /** Writes what is known of an event when it begins. */
    void begin(TranscriptEvent event) throws IOException;

    /** Writes the rest of an event that has ended. Others may have begun since it did. */
    void end(TranscriptEvent event) throws IOException;
}
