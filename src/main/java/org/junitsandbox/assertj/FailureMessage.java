package org.junitsandbox.assertj;

import org.assertj.core.description.Description;
import org.assertj.core.error.DescriptionFormatter;
import org.assertj.core.error.ErrorMessageFactory;
import org.assertj.core.presentation.Representation;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Printable;

/**
 * The message of a failed check. It is built without format strings, as it contains output of containers.
 *
 * @param report what helps to find the cause, in lines
 * @param secrets are hidden in it
 */
record FailureMessage(Check check, String report, Secrets secrets) implements ErrorMessageFactory {

    @Override
    public String create(@Nullable Description description, Representation representation) {
        return Printable.lines(secrets.in(DescriptionFormatter.instance().format(description)
                + ("\nExpecting " + check.expectation() + "\n" + check.found() + "\n\n" + report)));
    }

    @Override
    public String create(@Nullable Description description) {
        return create(description, StandardRepresentation.STANDARD_REPRESENTATION);
    }

    @Override
    public String create() {
        return create(null);
    }
}
