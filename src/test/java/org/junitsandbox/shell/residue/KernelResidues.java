package org.junitsandbox.shell.residue;

import static org.junitsandbox.shell.residue.Residue.attempt;
import static org.junitsandbox.shell.residue.Residue.perl;

import java.util.stream.Stream;

/** What the kernel keeps: System V and POSIX objects, sockets, descriptors, keys. */
final class KernelResidues {

    private KernelResidues() {}

    static Stream<Residue> all() {
        return Stream.of(
                perl("shm").seen(),
                perl("sem").seen(),
                perl("msg").seen(),
                perl("many shm").seen().replaced(),
                perl("mqueue").seen(),
                perl("time wait").seen().replaced(),
                attempt("time wait 6").cleanedOrReplaced(),
                perl("listening").seen(),
                perl("udp").seen(),
                perl("abstract").seen(),
                perl("memfd"),
                perl("inotify"),
                perl("timerfd"),
                attempt("io_uring"),
                attempt("mlock"),
                attempt("pty"),
                attempt("key").cleanedOrReplaced(),
                perl("O_NONBLOCK stdout"),
                perl("O_NONBLOCK stderr"),
                perl("O_NONBLOCK both"),
                perl("O_NONBLOCK stdin"),
                perl("O_APPEND"),
                perl("O_ASYNC"),
                perl("pipe size").seen().remains("size of stdout "));
    }
}
