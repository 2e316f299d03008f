package org.junitsandbox;

import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Keeps objects for as long as a context lives: JUnit closes them with it. */
final class ContextStore {

    private static final Namespace NAMESPACE = Namespace.create(ContextStore.class);

    /** Has the owner's id, as a look-up in a store continues in the stores of all contexts above it. */
    private record Key(String ownerId, Class<?> type, Object name) {}

    private ContextStore() {}

    /**
     * Returns an object that a context owns; the first call makes it. Threads that ask for the same object wait until
     * it is made.
     *
     * @param owner the context that the object is closed with
     * @param name distinguishes the owner's objects of one type
     */
    @SuppressWarnings("deprecation") // JUnit 6 has a successor; JUnit 5 does not.
    static <T> T getOrMake(ExtensionContext owner, Class<T> type, Object name, Supplier<T> maker) {
        Key key = new Key(owner.getUniqueId(), type, name);
        // In JUnit 6, the result may be null, because a maker may return null.
        return Objects.requireNonNull(
                owner.getStore(NAMESPACE).getOrComputeIfAbsent(key, absent -> maker.get(), type));
    }
}
