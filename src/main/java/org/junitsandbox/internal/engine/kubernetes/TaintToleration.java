package org.junitsandbox.internal.engine.kubernetes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The taints of nodes that a pod tolerates, as {@code kubectl taint} writes them: {@code key=value:NoSchedule}. Without
 * a value any value is meant, without an effect any effect; {@code *} stands for all taints.
 *
 * @param key null for all
 */
record TaintToleration(@Nullable String key, @Nullable String value, @Nullable String effect) {

    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private static final Pattern FORM = Pattern.compile("(?<key>[^=:]+)(=(?<value>[^:]*))?(:(?<effect>.*))?");

    static List<TaintToleration> parseAll(String text) {
        return SettingText.items(text).stream().map(TaintToleration::parse).toList();
    }

    private static TaintToleration parse(String text) {
        if (text.equals("*")) {
            return new TaintToleration(null, null, null);
        }
        Matcher parts = FORM.matcher(text);
        String effect = parts.matches() ? parts.group("effect") : "";
        if (!parts.matches() || (effect != null && !EFFECTS.contains(effect))) {
            throw new IllegalArgumentException("\"" + text + "\" is not a taint: expected key, key=value, key:EFFECT,"
                    + " key=value:EFFECT or *, and an effect is one of " + String.join(", ", EFFECTS));
        }
        return new TaintToleration(SettingText.key(parts.group("key")), parts.group("value"), effect);
    }

    /** Returns {@code Equal} or {@code Exists}. */
    String operator() {
        return value == null ? "Exists" : "Equal";
    }

    @Override
    public String toString() {
        return key == null ? "*" : key + (value == null ? "" : "=" + value) + (effect == null ? "" : ":" + effect);
    }
}
