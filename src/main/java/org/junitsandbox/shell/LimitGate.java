package org.junitsandbox.shell;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.internal.audit.LimitAudit;
import org.junitsandbox.internal.audit.LimitViolation;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets through only containers whose limits hold, or warns, as a spec says. Safe for use by several threads. */
final class LimitGate {

    private static final Logger LOG = LoggerFactory.getLogger(LimitGate.class);

    /** What has been logged in this JVM: there are as many as there are kinds of sandboxes. */
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private final ContainerEngine engine;
    private final SandboxSpec spec;
    private final ContainerConfig asked;

    /**
     * @param asked what the engine is asked for
     */
    LimitGate(ContainerEngine engine, SandboxSpec spec, ContainerConfig asked) {
        this.engine = engine;
        this.spec = spec;
        this.asked = asked;
    }

    /**
     * Checks a container.
     *
     * @param found what it says of its limits
     * @return what is wrong, where that is accepted
     * @throws LimitNotEnforcedException if something is wrong, and that is not accepted
     */
    List<String> pass(String found) {
        List<LimitViolation> shortfalls = LimitAudit.shortfalls(asked, EffectiveLimits.parse(found));
        if (shortfalls.isEmpty()) {
            return List.of();
        }
        String message = LimitAudit.message(
                shortfalls,
                (spec.runtime() == null ? "" : "runtime " + spec.runtime() + " of ") + engine.description());
        String sandbox = SandboxImages.describe(spec);
        if (spec.limitCheck() == LimitCheck.REQUIRE) {
            throw new LimitNotEnforcedException(
                    "No sandbox from " + sandbox + ". " + message + "\nTo go without them, set "
                            + SandboxSpec.LIMIT_CHECK_PROPERTY
                            + "=warn, a configuration parameter of JUnit or a system property, or choose LimitCheck.WARN.",
                    null);
        }
        if (LOGGED.add(sandbox + message)) {
            LOG.warn("A sandbox from {} is weaker than asked. {}", sandbox, message);
        }
        return shortfalls.stream().map(LimitViolation::toString).toList();
    }
}
