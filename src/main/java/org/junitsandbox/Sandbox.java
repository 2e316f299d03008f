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
import org.junitsandbox.spec.UsageReading;

/**
 * Gives a test a {@link org.junitsandbox.shell.Shell} in a clean container.
 *
 * <pre>{@code
 * @Sandbox(image = "debian:bookworm-slim", setup = {"apt-get update", "apt-get install -y graphicsmagick"})
 * class ThumbnailTest {
 *     @Test
 *     void shrinksAnAvatar(@Sandbox Shell shell) { ... }
 * }
 * }</pre>
 *
 * <h2>Targets</h2>
 *
 * <p>On a parameter or field of type {@code Shell}, it requests a shell. The parameter may be one of a constructor, a
 * test method of any kind or a lifecycle method. The field is not final, and has no value yet. On a class or a method,
 * it configures the parameters and fields there, and those of type {@code Shell} need no annotation of their own. Only
 * a static field does; a field that has a value when the constructor ends keeps it. Among several parameters, the shell
 * comes after those of a parameterized test. A parameter of type {@link Sandboxes} opens sandboxes that are described
 * in code. It may be a meta-annotation. Where an element is annotated directly, the meta-annotations on that element
 * are ignored.
 *
 * <h2>Resolution</h2>
 *
 * <p>Every element is resolved by itself. The nearest place that sets it wins:
 *
 * <ol>
 *   <li>the parameter or field;
 *   <li>the method: the lifecycle method that has the parameter, then the current test method. So a test method's
 *       annotation also configures the shells of its constructor, its instance's fields, {@code @BeforeEach} and
 *       {@code @AfterEach};
 *   <li>the test class, then its superclasses;
 *   <li>the enclosing classes, from the inside out, each with its superclasses;
 *   <li>the configuration parameter {@code sandbox.} and the element's name, for example {@code sandbox.image};
 *       {@link SandboxParameters} lists them all. {@link #name}, {@link #setup}, {@link #files} and
 *       {@link #environment} have none;
 *   <li>the library's default.
 * </ol>
 *
 * <p>{@link #image} and {@link #dockerfile} count as one element here, and each variable of {@link #environment} and
 * each limit counts as an element. The empty string, the empty array, 0 and the constants named {@code DEFAULT} are
 * not set. The configuration parameter {@value SandboxParameters#SETUP_NETWORK} sets the network of set-up commands and
 * of a Dockerfile's commands: {@code host}, for example, or the name of a network.
 *
 * <h2>Scope</h2>
 *
 * <p>Within its scope, one {@link #name} stands for one sandbox, wherever it is requested; another name for another.
 * With {@link Reset#METHOD} the scope is one invocation of one test method, that is: its constructor, its instance's
 * fields, {@code @BeforeEach}, the test and {@code @AfterEach}. Each invocation of a parameterized or repeated test is
 * a scope of its own; dynamic tests share that of their factory method.
 *
 * <p>With {@link Reset#CLASS} the scope is one class: the innermost one with an annotation (on it or on its members)
 * that sets more than a name. So a {@code @Nested} class shares the sandbox of the class around it as long as it sets
 * nothing of its own; classes that inherit an annotation from a common superclass have one each. All invocations of a
 * {@code @ParameterizedClass} share it, as they share {@code @BeforeAll}; {@code shell.reset()} in a method for
 * {@code @BeforeParameterizedClassInvocation(injectArguments = false)} gives each a clean one. Static fields,
 * {@code @BeforeAll}, {@code @AfterAll} and, with {@link org.junit.jupiter.api.TestInstance.Lifecycle#PER_CLASS},
 * constructors and instance fields need this scope: they are set while no test method is running.
 *
 * <h2>Creation and clean-up</h2>
 *
 * <p>The container is obtained when a parameter or field first receives its shell, and given back when the scope ends,
 * whether tests passed or not. Then it is cleaned in place for another test, if it can be proven clean, and removed
 * otherwise; see {@link #recycle}. Static fields are null again after that. The image is pulled, built or set up
 * before, once for as long as the engine keeps it. Tests in parallel do not wait for each other's containers; commands
 * in one sandbox are queued.
 *
 * <p>While a test method runs, the container of the next one is made ready, as long as more methods of its class will
 * request the same. {@value SandboxParameters#POOL_SPARES} sets how many are started ahead (0 starts none),
 * {@value SandboxParameters#POOL_MAX} how many may live at once; further requests wait in turn, and fail where every
 * container is kept by a test that waits itself. Containers are removed in the background; after the last test, none
 * is left.
 *
 * <h2>Report</h2>
 *
 * <p>The first sandbox of each kind in a class adds entries to JUnit's report of the class: {@code sandbox.loosened}
 * where commands may do more than {@link Profile#UNTRUSTED} lets them, and {@code sandbox.limitWarnings} where
 * {@link #limitCheck} is {@link LimitCheck#WARN} and a limit does not hold. Each is also logged once, or written to
 * stderr where no logging is set up.
 *
 * <p>When a test fails, the {@linkplain org.junitsandbox.shell.Transcript transcript} of its sandbox is written to
 * files, which {@link org.junitsandbox.evidence.TranscriptFiles} names, and their directory is published in JUnit's
 * report of the test. A test fails here also by its lifecycle methods, but not by an assumption. Of a sandbox that
 * several tests share, the transcript has everything since it was opened, with a line where each of them begins. With
 * {@link Keep#ALWAYS}, the directory is there from the beginning and the files grow with each event, so that they are
 * there even if the JVM is killed. {@link #transcript} sets that, and {@link #keepFiles} the same for the files of
 * {@code /work}.
 *
 * <h2>Errors</h2>
 *
 * <p>A test that requests a shell fails where no container engine is available
 * ({@link org.junitsandbox.shell.EngineUnavailableException}); {@link DisabledWithoutEngine} skips it instead. It also
 * fails when the image cannot be obtained ({@link org.junitsandbox.shell.ImageException}), when no image is set
 * anywhere, and when the configuration is not valid: one name with two configurations in one scope, an image and a
 * Dockerfile in one place, a text that is not a size. It also fails when a limit does not hold in the container; see
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

    /** When a sandbox is replaced by a clean one. */
    enum Reset {
        /** Not set: the next place decides. */
        DEFAULT,
        /** After each test method. */
        METHOD,
        /** After all tests of the class. */
        CLASS
    }

    /** What commands may do: the profile of a {@link org.junitsandbox.spec.SandboxSpec}, by its name. */
    enum Profile {
        /** Not set: the next place decides. */
        DEFAULT,
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

    /** When something is kept of a sandbox for people to look at. */
    enum Keep {
        /** Not set: the next place decides. */
        DEFAULT,
        /** When its test fails. */
        FAILED,
        /** In any case. */
        ALWAYS,
        /** In no case. */
        NEVER
    }

    /** A truth value that may be left out. */
    enum Flag {
        /** Not set: the next place decides. */
        DEFAULT,
        /** Yes. */
        TRUE,
        /** No. */
        FALSE
    }

    /**
     * {@return the image, as an engine takes it, for example {@code "debian:bookworm-slim"}} Not together with
     * {@link #dockerfile}.
     *
     * <p>A sandbox uses its files and the variables that ENV sets. It sets aside ENTRYPOINT, CMD, USER and WORKDIR, and
     * HOME is {@code /work}. What the image has in {@code /work} and {@code /tmp} is hidden where these are in memory.
     */
    String image() default "";

    /**
     * {@return a Dockerfile to build the image from, absolute or relative to the working directory of the tests} Its
     * folder is the build's context. Not together with {@link #image}.
     */
    String dockerfile() default "";

    /** {@return when the image is pulled from its registry; {@link PullPolicy#MISSING} by default} */
    PullPolicy pullPolicy() default PullPolicy.DEFAULT;

    /**
     * {@return the shell commands that add to the image, run once as root and with network} They replace those of an
     * outer place; {@code ""} replaces them with none. They are trusted. What they leave in {@code /work} and
     * {@code /tmp} is hidden, as that of the image is: leave it elsewhere, and let the test copy it, by
     * {@code cp -R /opt/data .}
     */
    String[] setup() default {};

    /**
     * {@return the files that are copied into {@code /work} before the first command, each under its own name} Each is
     * a resource of the class path: its name is relative to the package of the test class, unless it starts with a
     * slash. What starts with {@code "file:"} is a file or directory instead, absolute or relative to the working
     * directory of the tests. They replace those of an outer place; {@code ""} replaces them with none. A
     * {@code shell.reset()} removes them with all others.
     */
    String[] files() default {};

    /** {@return the name, which distinguishes several sandboxes of one scope} */
    String name() default "";

    /** {@return when the sandbox is replaced by a clean one; {@link Reset#METHOD} by default} */
    Reset reset() default Reset.DEFAULT;

    /** {@return what commands may do; {@link Profile#UNTRUSTED} by default} The next five change parts of it. */
    Profile profile() default Profile.DEFAULT;

    /**
     * {@return the user of every command, a name or {@code uid:gid}}
     *
     * <p>Some programs take their home from {@code /etc/passwd}, whatever HOME is: JVMs ({@code user.home}) and
     * {@code ssh-keygen}, for example. For the default user, {@code setup = "usermod --home /work nobody"} sets it on
     * images that have this program; in a pod, it is set already. A user without an entry stops them; {@code setup =
     * "useradd --uid 1234 --home-dir /work tester"} makes one for {@code user = "1234:1234"}.
     */
    String user() default "";

    /**
     * {@return the network: {@code "none"}, {@code "host"}, a network's name, or {@code "default"} for the engine's
     * default}
     */
    String network() default "";

    /** {@return whether only {@code /work}, {@code /tmp} and {@code /dev/shm} are writable} */
    Flag readOnlyRoot() default Flag.DEFAULT;

    /** {@return whether the engine's default capabilities are kept; otherwise there are none} */
    Flag capabilities() default Flag.DEFAULT;

    /** {@return whether setuid programs take effect} */
    Flag newPrivileges() default Flag.DEFAULT;

    /** {@return the shell program, an absolute path in the image; {@code /bin/sh} by default} */
    String shell() default "";

    /**
     * {@return shell source text that each new shell of the sandbox runs before its first command, such as
     * {@code ". /work/functions.sh"}} So functions, variables and options are there again after a time limit or an
     * {@code exit}. See {@link org.junitsandbox.spec.SandboxSpec#init(String)}.
     */
    String init() default "";

    /** {@return the OCI runtime's name, for example {@code "runsc"}; the engine's default by default} */
    String runtime() default "";

    /** {@return the environment variables of every command, each {@code "NAME=value"}} */
    String[] environment() default {};

    /** {@return how much commands may use} */
    Limits limits() default @Limits;

    /**
     * {@return what happens when a limit, or a part of the profile, does not hold in the container;
     * {@link LimitCheck#REQUIRE} by default}
     */
    LimitCheck limitCheck() default LimitCheck.DEFAULT;

    /**
     * Whether its container may be one that was used before, by another test: it was cleaned in place then, and what
     * the kernel reports of it is what it reported before its first command. Where that cannot be proven, as with
     * {@link Profile#TRUSTED}, each sandbox gets a new container anyway. {@link Flag#TRUE} unless set.
     *
     * <p>The configuration parameter is {@value SandboxParameters#RECYCLE}.
     *
     * @return {@link Flag#FALSE} for a new container each time
     */
    Flag recycle() default Flag.DEFAULT;

    /**
     * {@return when the sandbox's transcript is written; {@link Keep#FAILED} by default} See the section on the report.
     */
    Keep transcript() default Keep.DEFAULT;

    /**
     * {@return when it is read what commands use; {@link UsageReading#ON_REQUEST} by default}
     *
     * @see org.junitsandbox.shell.CommandResult#usage()
     */
    UsageReading usage() default UsageReading.DEFAULT;

    /**
     * {@return when the files of {@code /work} are kept beside the transcript, as they are at the end;
     * {@link Keep#FAILED} by default, {@link Keep#NEVER} where {@link #transcript} is that} Of one sandbox, 16 MiB are
     * kept, unless the configuration parameter {@value SandboxParameters#KEEP_FILES_MAX} sets more.
     */
    Keep keepFiles() default Keep.DEFAULT;

    /**
     * Whether what happens in the sandbox is printed to {@link System#err} while it happens: commands, what they write,
     * and how they end. Each line begins with the name of the test or class, and of the sandbox if it has one; see
     * {@link org.junitsandbox.evidence.ConsoleView}. It is stderr, as what a build prints to stdout may be read by a
     * program, and it is the one there was when the sandbox was opened. {@link Flag#FALSE} unless set.
     *
     * <p>The configuration parameter is {@value SandboxParameters#CONSOLE}.
     *
     * @return {@link Flag#TRUE} to print
     */
    Flag console() default Flag.DEFAULT;
}
