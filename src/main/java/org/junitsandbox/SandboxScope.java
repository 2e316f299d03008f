package org.junitsandbox;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The scope of a sandbox.
 *
 * @param owner the context that the sandbox ends with
 * @param name its name there
 */
record SandboxScope(ExtensionContext owner, String name) {

    /**
     * Returns the scope of the sandbox that an injection point requests.
     *
     * @throws ExtensionConfigurationException if it ends with a test method, and none is running
     */
    static SandboxScope of(InjectionPoint point, SandboxDeclaration declaration) {
        ExtensionContext owner = declaration.reset() == Sandbox.Reset.CLASS
                ? classContext(point.context(), point.owner())
                : testMethodContext(point);
        return new SandboxScope(owner, declaration.name());
    }

    /** Whether there is a scope: one that ends with a test method needs one that is running. */
    static boolean exists(InjectionPoint point, SandboxDeclaration declaration) {
        return declaration.reset() == Sandbox.Reset.CLASS
                || point.context().getTestMethod().isPresent();
    }

    private static ExtensionContext testMethodContext(InjectionPoint point) {
        if (point.context().getTestMethod().isEmpty()) {
            throw new ExtensionConfigurationException("The sandbox of " + point.place() + " has reset = METHOD, but no"
                    + " test method is running there. Write @Sandbox(reset = Sandbox.Reset.CLASS) on it or on its"
                    + " class.");
        }
        return point.context();
    }

    /** Returns the outermost context of a class: a class template has more than one. */
    private static ExtensionContext classContext(ExtensionContext context, Class<?> type) {
        ExtensionContext found = context;
        for (Optional<ExtensionContext> next = Optional.of(context); next.isPresent(); next = next.get().getParent()) {
            if (next.get().getElement().filter(type::equals).isPresent()) {
                found = next.get();
            }
        }
        return found;
    }

    /** Returns the sandbox of this scope; the first call makes it. */
    SandboxLifetime lifetime(Supplier<SandboxLifetime> maker) {
        return ContextStore.getOrMake(owner, SandboxLifetime.class, name, maker);
    }
}
