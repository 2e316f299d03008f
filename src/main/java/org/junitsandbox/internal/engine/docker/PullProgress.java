package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.HashMap;
import java.util.Map;

/** How much of an image has been pulled, as far as the engine reports it. Safe for use by several threads. */
final class PullProgress {

    /** By the layer's id. */
    private final Map<String, Layer> layers = new HashMap<>();

    private record Layer(long bytes, long total) {}

    synchronized void add(PullResponseItem item) {
        ResponseItem.ProgressDetail detail = item.getProgressDetail();
        if (item.getId() == null || detail == null || detail.getCurrent() == null || detail.getTotal() == null) {
            return;
        }
        // The same numbers are reported for unpacking.
        if ("Downloading".equals(item.getStatus())) {
            layers.put(item.getId(), new Layer(detail.getCurrent(), detail.getTotal()));
        } else {
            layers.computeIfPresent(item.getId(), (id, layer) -> new Layer(layer.total(), layer.total()));
        }
    }

    /** Returns for example "34 of 120 MiB", or nothing if nothing is known. */
    @Override
    public synchronized String toString() {
        long bytes = layers.values().stream().mapToLong(Layer::bytes).sum();
        long total = layers.values().stream().mapToLong(Layer::total).sum();
        return total == 0 ? "" : (bytes >> 20) + " of " + (total >> 20) + " MiB";
    }
}
