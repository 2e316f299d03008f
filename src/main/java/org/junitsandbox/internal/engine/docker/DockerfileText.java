package org.junitsandbox.internal.engine.docker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must be known of a Dockerfile before it is built. The engine reads it in full. */
final class DockerfileText {

    private static final Pattern FROM =
            Pattern.compile("(?im)^[ \\t]*FROM[ \\t]+(?:--\\S+[ \\t]+)*(\\S+)(?:[ \\t]+AS[ \\t]+(\\S+))?");

    /** What only BuildKit builds: a syntax of one's own, options of RUN, COPY and ADD, texts within the file. */
    private static final Pattern BUILDKIT = Pattern.compile("(?im)\\A(?:#.*\\R)*#[ \\t]*syntax[ \\t]*="
            + "|^[ \\t]*RUN[ \\t]+--(?:mount|network|security|device)\\b"
            + "|^[ \\t]*(?:COPY|ADD)[ \\t]+(?:--\\S+[ \\t]+)*--"
            + "(?:chmod|link|parents|exclude|checksum|keep-git-dir|unpack)\\b"
            + "|^[ \\t]*(?:RUN|COPY|ADD)\\b.*<<-?[\"']?[A-Za-z_]");

    private final String text;

    DockerfileText(String text) {
        this.text = text;
    }

    /** Whether Docker's older builder, which most engines use unless they are asked for BuildKit, would refuse it. */
    boolean needsBuildKit() {
        return BUILDKIT.matcher(text).find();
    }

    /** Returns the images that it starts from, without those whose names are only known while it is built. */
    Set<String> baseImages() {
        Set<String> images = new LinkedHashSet<>();
        Matcher from = FROM.matcher(text);
        List<MatchResult> stages = from.results().toList();
        for (MatchResult stage : stages) {
            String image = stage.group(1);
            boolean isStage = stages.stream()
                    .anyMatch(other -> image.toLowerCase(Locale.ROOT)
                            .equals(String.valueOf(other.group(2)).toLowerCase(Locale.ROOT)));
            if (!isStage && !image.contains("$") && !image.equals("scratch")) {
                images.add(image);
            }
        }
        return images;
    }
}
