package org.junitsandbox.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reduces a failing case to the parts that make it fail. */
public final class Shrinking {

    private Shrinking() {}

    /** Removes one part after the other, as long as the rest still fails. */
    public static <T> List<T> shrink(List<T> parts, Predicate<List<T>> fails) {
        List<T> least = List.copyOf(parts);
        int before;
        do {
            before = least.size();
            for (int i = least.size() - 1; i >= 0; i--) {
                List<T> fewer = new ArrayList<>(least);
                fewer.remove(i);
                if (fails.test(fewer)) {
                    least = List.copyOf(fewer);
                }
            }
        } while (least.size() < before);
        return least;
    }
}
