package org.junitsandbox.internal.pool;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junitsandbox.internal.engine.ContainerConfig;

/**
 * Decides which containers of a {@link Fleet} are started, which of its spares go to whom, and which are removed.
 * Guarded by the pool's {@link Monitor}.
 */
final class Allocator {

    private final OptionalInt sparesPerKind;
    private final int engineCpus;
    private final int max;
    private final Claims claims;
    private final Fleet fleet;
    private final Map<ContainerConfig, Stock> stocks = new LinkedHashMap<>();

    /** See {@link ContainerPool} for the numbers. */
    Allocator(OptionalInt sparesPerKind, int engineCpus, int max, Claims claims, Fleet fleet) {
        this.sparesPerKind = sparesPerKind;
        this.engineCpus = engineCpus;
        this.max = max;
        this.claims = claims;
        this.fleet = fleet;
    }

    Stock stock(ContainerConfig config) {
        return stocks.computeIfAbsent(config, key -> new Stock(key, sparesPerKind, engineCpus));
    }

    /** Does all that can be done as things are now. */
    void allocate() {
        serve();
        Headcount now = fleet.count();
        if (now.alive() == now.inUse()) {
            claims.breakDeadlock();
        }
        stocks.values().forEach(this::provideSpares);
        // One that is waited for is kept, too: what is started for it may turn out to be a spare, which must be found
        // here then.
        stocks.values().removeIf(stock -> stock.isUnused() && claims.countFor(stock) == 0);
    }

    /** Gives spares to those who wait; for the others, starts containers as far as there is room. */
    private void serve() {
        Map<Stock, Integer> unserved = new HashMap<>();
        boolean room = true;
        for (Waiter waiter : claims.waiting()) {
            Stock stock = waiter.stock;
            if (!stock.spares.isEmpty()) {
                fleet.giveSpare(waiter);
            } else if (unserved.merge(stock, 1, Integer::sum) > stock.starting && room) {
                room = makeRoom();
                if (room) {
                    fleet.start(stock);
                }
            }
        }
    }

    /**
     * Returns whether there is room for one more container. If not, a spare that nobody wants now makes way, for later.
     */
    private boolean makeRoom() {
        Headcount now = fleet.count();
        if (now.alive() < max) {
            return true;
        }
        if (now.removing() == 0) {
            stocks.values().stream()
                    .filter(stock -> !stock.spares.isEmpty() && claims.firstFor(stock) == null)
                    .findFirst()
                    .ifPresent(fleet::removeSpare);
        }
        return false;
    }

    private void provideSpares(Stock stock) {
        while (stock.spares.size() > stock.sparesWanted()) {
            fleet.removeSpare(stock);
        }
        long waiting = claims.countFor(stock);
        while (!stock.broken
                && stock.spares.size() + stock.starting - waiting < stock.sparesWanted()
                && fleet.count().starting() < engineCpus
                && fleet.count().alive() < max) {
            fleet.start(stock);
        }
    }

    void removeSpares() {
        stocks.values().forEach(stock -> {
            while (!stock.spares.isEmpty()) {
                fleet.removeSpare(stock);
            }
        });
    }
}
