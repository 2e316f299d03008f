package org.junitsandbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a class or a method where no container engine is available. Without this annotation, a test that requests a
 * {@link Sandbox} fails there. The reason of the skip lists the places where an engine was searched for.
 *
 * <p>With the configuration parameter {@value SandboxParameters#REQUIRED} set to {@code true}, what would be skipped
 * fails instead. Set it where an engine must be available, for example on a CI server, so that no test is skipped
 * unnoticed.
 *
 * <p>The search happens once in a JVM, and starts nothing.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(EngineCondition.class)
public @interface DisabledWithoutEngine {}
