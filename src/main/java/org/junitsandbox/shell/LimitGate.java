package org.junitsandbox.shell;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.internal.audit.LimitAudit;
import org.junitsandbox.internal.audit.LimitViolation;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only containers through whose limits hold, or warns, as a spec demands. Safe for use by several threads. */
final class LimitGate {

    private static final Logger LOG = LoggerFactory.getLogger(LimitGate.class);

    /** Warnings logged in this JVM: at most one per kind of sandbox. */
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
     * @param report what the kernel reports of its limits
     * @param isCutOff whether the engine has made sure that it reaches no network
     * @return the limits that do not hold, where that is accepted
     * @throws LimitNotEnforcedException if one does not hold, and that is not accepted
     */
    List<String> pass(String report, boolean isCutOff) {
        List<LimitViolation> violations = LimitAudit.violations(asked, EffectiveLimits.parse(report), isCutOff);
        if (violations.isEmpty()) {
            return List.of();
        }
        String message = LimitAudit.message(
                violations,
                (spec.runtime() == null ? "" : "runtime " + spec.runtime() + " of ") + engine.description());
        String sandbox = ImageDescription.of(spec);
        if (spec.limitCheck() == LimitCheck.REQUIRE) {
            throw new LimitNotEnforcedException(
                    "No sandbox from " + sandbox + ". " + message + "\nTo go without them, set "
                            + SandboxSpec.LIMIT_CHECK_PROPERTY
                            + "=warn, a configuration parameter of JUnit or a system property, or choose"
                            + " LimitCheck.WARN.",
                    null);
        }
        if (LOGGED.add(sandbox + message)) {
            Notices.warn(LOG, "A sandbox from " + sandbox + " is weaker than asked. " + message);
        }
        return violations.stream().map(LimitViolation::toString).toList();
    }
}
