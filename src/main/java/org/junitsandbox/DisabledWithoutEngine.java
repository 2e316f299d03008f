package org.junitsandbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a class or a method where no container engine answers. Without this annotation, a test that wants a
 * {@link Sandbox} fails there. The reason of the skip says where an engine was looked for.
 *
 * <p>With the configuration parameter {@code sandbox.required=true}, what would be skipped fails instead: set it where
 * an engine must be there, on a CI server say, so that no test is left out in silence.
 *
 * <p>An engine is looked for once in a JVM, and nothing is started for it.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(EngineCondition.class)
public @interface DisabledWithoutEngine {}
