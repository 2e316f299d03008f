package org.junitsandbox.corpus;

import java.util.Arrays;
import java.util.List;

/**
 * What a script found out about a file.
 *
 * @param claims the attacks that independent readers find in it
 * @param complaints the programs that refuse it as damaged
 * @param proofs the attacks that the naive handler fell for
 * @param verdict of the careful handler: {@code taken}, or {@code refused} and why
 */
record Examination(String name, List<String> claims, List<String> complaints, String proofs, String verdict) {

    static Examination parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Examination(fields[0], words(fields[1]), words(fields[2]), fields[3], fields[4]);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** Whether a program refuses it; that the examination itself did not survive it is no refusal. */
    boolean isRefusedByPrograms() {
        return !complaints.isEmpty() && !isBroken(String.join(" ", complaints));
    }

    private static boolean isBroken(String text) {
        return text.startsWith("failed: ") || text.startsWith("killed ");
    }

    boolean isRefused() {
        return verdict.startsWith("refused: ");
    }

    /** Whether the naive handler fell for the attack, or did not survive it. */
    boolean isProof(Attack attack) {
        return words(proofs).contains(attack.name()) || isBroken(proofs);
    }
}
