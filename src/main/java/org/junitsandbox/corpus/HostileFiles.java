package org.junitsandbox.corpus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a parameterized test once for each hostile file of a selection. The test takes a {@link HostileFile}:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @HostileFiles(formats = ZIP, attacks = TRAVERSAL)
 * void staysInside(HostileFile file) { … }
 * }</pre>
 *
 * <p>All elements together select: a file is taken if it is of one of the formats, one of the groups and one of the
 * attacks. A selection without any file is an error. {@link Corpus} selects in code.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(HostileFilesProvider.class)
public @interface HostileFiles {

    /** {@return the formats to take; none stands for all} */
    Format[] formats() default {};

    /** {@return the groups of formats to take; none stands for all} */
    Format.Group[] groups() default {};

    /** {@return the attacks to take; none stands for all} */
    Attack[] attacks() default {};

    /** {@return names of files to take, such as {@code zip-traversal-parent}; none stands for all} */
    String[] names() default {};

    /** {@return whether files larger than 4 MiB are taken, too} */
    boolean huge() default false;
}
