package org.junitsandbox;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Where a sandbox lives.
 *
 * @param owner the context that it ends with
 * @param name its name there
 */
record SandboxScope(ExtensionContext owner, String name) {

    private static final Namespace NAMESPACE = Namespace.create(SandboxScope.class);

    /** Has the owner's id, as look-ups in a store go on in the stores of all contexts above it. */
    private record Key(String ownerId, String name) {}

    /**
     * @throws ExtensionConfigurationException if it is to end with a test method, and none is under way
     */
    static SandboxScope of(InjectionPoint point, SandboxDeclaration declaration) {
        ExtensionContext owner = switch (declaration.reset()) {
            case METHOD -> testMethodContext(point);
            case CLASS -> classContext(point.context(), point.owner());
        };
        return new SandboxScope(owner, declaration.name());
    }

    private static ExtensionContext testMethodContext(InjectionPoint point) {
        if (point.context().getTestMethod().isEmpty()) {
            throw new ExtensionConfigurationException("The sandbox of " + point.place() + " has reset = METHOD, but no"
                    + " test method is under way there. Write @Sandbox(reset = Sandbox.Reset.CLASS) on it or on its"
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
        return getOrMake(new Key(owner.getUniqueId(), name), maker);
    }

    @SuppressWarnings("deprecation") // JUnit 6 has a successor; JUnit 5 has not.
    private SandboxLifetime getOrMake(Key key, Supplier<SandboxLifetime> maker) {
        Store store = owner.getStore(NAMESPACE);
        // To JUnit 6, it may be null, as what is made might be.
        return Objects.requireNonNull(store.getOrComputeIfAbsent(key, absent -> maker.get(), SandboxLifetime.class));
    }
}
