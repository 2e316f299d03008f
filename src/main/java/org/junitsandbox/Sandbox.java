package org.junitsandbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.PullPolicy;

/**
 * Gives a test a {@link org.junitsandbox.shell.Shell} in a container that is made for it and goes with it.
 *
 * <pre>{@code
 * @Sandbox(image = "debian:bookworm-slim", setup = {"apt-get update", "apt-get install -y graphicsmagick"})
 * class ThumbnailTest {
 *     @Test
 *     void shrinksAnAvatar(@Sandbox Shell shell) { ... }
 * }
 * }</pre>
 *
 * <h2>Where it goes</h2>
 *
 * <p>On a parameter or field of type {@code Shell}, it asks for a shell. The parameter may be one of a constructor, a
 * test method of any kind or a lifecycle method. The field is neither private nor final, and has no value yet. On a
 * class or a method, it says what holds for the parameters and fields there, and a parameter of type {@code Shell}
 * needs no annotation of its own. It may be a meta-annotation. Where one is present itself, those that other
 * annotations bring to the same element do not count.
 *
 * <h2>What holds</h2>
 *
 * <p>Every element is resolved by itself. The nearest place that says anything about it counts:
 *
 * <ol>
 *   <li>the parameter or field;
 *   <li>the method: the lifecycle method that has the parameter, then the test method under way. So a test method's
 *       annotation holds for what its constructor, its instance's fields, {@code @BeforeEach} and {@code @AfterEach}
 *       are given as well;
 *   <li>the test class, then its superclasses;
 *   <li>the enclosing classes, from the inside out, each with its superclasses;
 *   <li>the configuration parameter {@code sandbox.} and the element's name, for example {@code sandbox.image}; for
 *       {@link #pullPolicy} it is {@code sandbox.pull}, for {@link #limitCheck} it is {@code sandbox.limits}, and
 *       {@link #name}, {@link #setup} and {@link #environment} have none;
 *   <li>the library's default.
 * </ol>
 *
 * <p>{@link #image} and {@link #dockerfile} count as one element here, and each variable of {@link #environment} and
 * each limit counts as an element. The empty string, the empty array and 0 say nothing. The configuration parameter
 * {@code sandbox.setup.network} chooses the network of set-up commands and of a Dockerfile's: {@code host}, say, or a
 * network's name.
 *
 * <h2>Scope</h2>
 *
 * <p>Within its scope, one {@link #name} stands for one sandbox, wherever it is asked for; another name for another.
 * With {@link Reset#METHOD} the scope is one invocation of one test method, that is: its constructor, its instance's
 * fields, {@code @BeforeEach}, the test and {@code @AfterEach}. Each invocation of a parameterized or repeated test is
 * one by itself; dynamic tests share that of their factory method.
 *
 * <p>With {@link Reset#CLASS} the scope is one class: the innermost one with an annotation (on it or on its members)
 * that says more than a name. So a {@code @Nested} class shares the sandbox of the class around it as long as it says
 * nothing of its own; classes that inherit an annotation from a common superclass have one each. Static fields,
 * {@code @BeforeAll}, {@code @AfterAll} and, with {@link org.junit.jupiter.api.TestInstance.Lifecycle#PER_CLASS},
 * constructors and instance fields need this scope: no test method is under way there.
 *
 * <h2>Creation and clean-up</h2>
 *
 * <p>The container is started when a parameter or field is first given its shell, and removed when the scope ends,
 * whether tests passed or not. Static fields are null again after that. The image is pulled, built or set up before,
 * once for as long as the engine keeps it. Tests in parallel do not wait for each other's containers; commands in one
 * sandbox queue up.
 *
 * <p>While a test method runs, the container of the next one is started, as long as more methods of its class are to
 * come that ask for the same. {@code sandbox.pool.spares} says how many are started ahead (0 is none),
 * {@code sandbox.pool.max} how many may live at once; who wants one more waits in turn, and fails where all are kept by
 * those who wait themselves. Containers are removed in the background; after the last test, none is left.
 *
 * <h2>Report</h2>
 *
 * <p>The first sandbox of each kind in a class adds to JUnit's report entries of the class:
 * {@code sandbox.loosened} where commands may do more than {@link Trust#UNTRUSTED} lets them, and {@code
 * sandbox.limits} where {@link #limitCheck} is {@link LimitCheck#WARN} and a limit does not hold.
 *
 * <h2>Errors</h2>
 *
 * <p>A test that asks for a shell fails where no container engine answers
 * ({@link org.junitsandbox.shell.EngineUnavailableException}); {@link DisabledWithoutEngine} skips it instead. It fails
 * as well when the image cannot be had ({@link org.junitsandbox.shell.ImageException}), when no image is said anywhere,
 * and when something is said that cannot be meant: one name with two configurations in one scope, an image and a
 * Dockerfile in one place, a size that is none. It fails, too, when a limit is found not to hold in the container; see
 * {@link #limitCheck}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
@ExtendWith(SandboxExtension.class)
public @interface Sandbox {

    /** When a sandbox makes way for a clean one. */
    enum Reset {
        /** After each test method. */
        METHOD,
        /** After all tests of the class. */
        CLASS
    }

    /** How far commands are trusted. */
    enum Trust {
        /**
         * {@link org.junitsandbox.spec.Profile#UNTRUSTED}: an unknown user without rights, network or a writable
         * root.
         */
        UNTRUSTED,
        /**
         * {@link org.junitsandbox.spec.Profile#TRUSTED}: root, a writable root file system, the engine's default
         * network.
         */
        TRUSTED
    }

    /** The image, as an engine takes it: {@code "debian:bookworm-slim"}. Not together with {@link #dockerfile}. */
    String image() default "";

    /**
     * A Dockerfile to build the image from, absolute or relative to the working directory of the tests. Its folder is
     * the build's context. Not together with {@link #image}.
     */
    String dockerfile() default "";

    /** When to get the image from its registry, one at most; {@link PullPolicy#MISSING} where nothing is said. */
    PullPolicy[] pullPolicy() default {};

    /**
     * Shell commands that add to the image, run once as root and with network. They replace those of a farther place;
     * {@code ""} is none at all. They are trusted.
     */
    String[] setup() default {};

    /** Tells several sandboxes of one scope apart. */
    String name() default "";

    /** When to make way for a clean sandbox, one at most; {@link Reset#METHOD} where nothing is said. */
    Reset[] reset() default {};

    /**
     * How far commands are trusted, one at most; {@link Trust#UNTRUSTED} where nothing is said. The next five change
     * parts of it.
     */
    Trust[] profile() default {};

    /** The user of every command, a name or {@code uid:gid}. */
    String user() default "";

    /** The network: {@code "none"}, {@code "host"}, a network's name, or {@code "default"} for the engine's default. */
    String network() default "";

    /** Whether only {@code /work}, {@code /tmp} and {@code /dev/shm} can be written to, one value at most. */
    boolean[] readOnlyRoot() default {};

    /** Whether the engine's default capabilities are kept, one value at most; otherwise there are none. */
    boolean[] capabilities() default {};

    /** Whether setuid programs take effect, one value at most. */
    boolean[] newPrivileges() default {};

    /** The shell program, an absolute path in the image; {@code /bin/sh} where nothing is said. */
    String shell() default "";

    /** The OCI runtime's name, for example {@code "runsc"}; the engine's default where nothing is said. */
    String runtime() default "";

    /** Environment variables of every command, each {@code "NAME=value"}. */
    String[] environment() default {};

    /** How much it may use. */
    Limits limits() default @Limits;

    /**
     * What to do about a limit, or a part of the profile, that is found not to hold in the container, one value at
     * most; {@link LimitCheck#REQUIRE} where nothing is said.
     */
    LimitCheck[] limitCheck() default {};
}
