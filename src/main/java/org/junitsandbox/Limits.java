package org.junitsandbox;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How much a {@link Sandbox} and each of its commands may use. Each element is resolved by itself, as those of
 * {@link Sandbox} are; the empty string and 0 are not set. Its configuration parameter is {@code sandbox.limits.} and
 * its name, for example {@code sandbox.limits.memory}; {@link SandboxParameters} lists them all.
 *
 * <p>A size is written {@code "256MiB"}, {@code "1.5GiB"} or {@code "64kB"}: KiB, MiB and GiB are powers of 1024, kB,
 * MB and GB powers of 1000, and a bare number counts bytes. What counts as memory cannot be larger than that: where
 * {@link #work}, {@link #tmp} or {@link #input} is not set, it is the memory if that is less than 64 MiB. A duration is
 * written {@code "30s"}, {@code "200ms"}, {@code "2m"} or {@code "1h"}.
 *
 * @see org.junitsandbox.spec.ResourceLimits
 * @since 0.1
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Limits {

    /** {@return the memory of all processes together, a size; 256 MiB by default} Memory file systems count. */
    String memory() default "";

    /** {@return the CPUs; 1 by default} 0.5 is half of one. */
    double cpus() default 0;

    /** {@return the processes and threads at a time; 128 by default} */
    int processes() default 0;

    /** {@return the open files per process; 1024 by default} */
    int openFiles() default 0;

    /** {@return the time of one command, a duration; 30 s by default} A command may have a limit of its own. */
    String commandTime() default "";

    /** {@return the output of one command that is kept, per stream, a size; 8 MiB by default} */
    String output() default "";

    /** {@return the size of {@code /work}; 64 MiB by default} */
    String work() default "";

    /** {@return the size of {@code /tmp}; 64 MiB by default} */
    String tmp() default "";

    /** {@return the size of one command's stdin; 64 MiB by default} */
    String input() default "";

    /** {@return the size of what one copy out of the sandbox may contain; 1 GiB by default} */
    String copyOut() default "";
}
