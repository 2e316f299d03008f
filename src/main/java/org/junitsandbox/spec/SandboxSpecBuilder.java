package org.junitsandbox.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Units;

/** The values of a {@link SandboxSpec} to be made. Begins with the defaults and system properties, or with a spec. */
final class SandboxSpecBuilder {

    Base base;
    final List<String> setup = new ArrayList<>();
    @Nullable String setupNetwork = System.getProperty(SandboxSpec.SETUP_NETWORK_PROPERTY);
    @Nullable Duration setupMaxAge;
    Profile profile = Profile.UNTRUSTED;
    ResourceLimits limits = ResourceLimits.DEFAULT;
    String shell = "/bin/sh";
    String init = "";
    final Map<String, String> environment = new LinkedHashMap<>();
    @Nullable String runtime;
    LimitCheck limitCheck = LimitCheck.DEFAULT;
    boolean recycle = true;
    UsageReading usage = UsageReading.DEFAULT;

    SandboxSpecBuilder(Base base) {
        this.base = base;
        String age = System.getProperty(SandboxSpec.SETUP_MAX_AGE_PROPERTY);
        try {
            this.setupMaxAge = age == null ? null : Units.duration(age);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "System property " + SandboxSpec.SETUP_MAX_AGE_PROPERTY + ": " + e.getMessage(), e);
        }
    }

    SandboxSpecBuilder(SandboxSpec spec) {
        base = spec.base();
        setup.addAll(spec.setup());
        setupNetwork = spec.setupNetwork();
        setupMaxAge = spec.setupMaxAge();
        profile = spec.profile();
        limits = spec.limits();
        shell = spec.shell();
        init = spec.init();
        environment.putAll(spec.environment());
        runtime = spec.runtime();
        limitCheck = spec.limitCheck();
        recycle = spec.recycle();
        usage = spec.usage();
    }

    void setupMaxAge(@Nullable Duration age) {
        if (age != null && (age.isNegative() || age.isZero())) {
            throw new IllegalArgumentException("The greatest age of a set-up is " + age + ": expected more than 0");
        }
        setupMaxAge = age;
    }
}
