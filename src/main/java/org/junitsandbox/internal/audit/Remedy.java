package org.junitsandbox.internal.audit;

/** What can be done about a limit that does not hold, or that could not be checked. */
enum Remedy {
    CONTROLLERS("Limits on memory, CPUs and processes need an engine that has these controllers: a rootless engine has"
            + " them with cgroup 2 only, and only those that are delegated to it (systemd: Delegate=cpu memory pids for"
            + " user@.service). A pod of Kubernetes has its limit on processes from its user, which is its own only"
            + " where `user` is left at its default; kubelet's podPidsLimit holds besides, but cannot be read in a"
            + " pod."),
    NETWORK("A container without a network has the loopback interface only. Every pod of Kubernetes has another one:"
            + " sandbox.kubernetes.networkCutImage removes it, sandbox.kubernetes.networkPolicyImage denies its use and"
            + " checks that, or a network plugin of the cluster gives none; with another NetworkPolicy that is known to"
            + " be enforced, set `network` to \"default\"."),
    SWAP_ACCOUNTING("A limit on swap needs swap accounting (kernel parameter swapaccount=1), or a machine without swap"
            + " (swapoff -a)."),
    OTHER_ENGINE("The engine or its runtime did not do what it was asked for: another version or another runtime"
            + " may."),
    LINUX("What could not be checked is hidden by the kernel that the container sees: it is not the machine's, as with"
            + " gVisor, or it is older than Linux 4.10."),
    SECCOMP("System calls are filtered by the engine's default profile unless its own configuration sets"
            + " \"unconfined\" (Docker: seccomp-profile in daemon.json), or its kernel has no seccomp."),
    FEWER_MOUNTS("What could not be checked was not reported: the container has so many mounts that there was no room"
            + " for the rest."),
    SHELL_COPY("PID 1 runs from a copy of its shell that commands cannot read, and so cannot trace: for that the image"
            + " needs cp and mkdir, and /work or /tmp room for the shell."),
    OPEN_PLACES("The image has this directory itself, for example by WORKDIR, and with a mode that the file system in"
            + " memory takes over: make it 1777, as every set-up does, even setup = \"true\"."),
    NO_VOLUMES("What an image declares as VOLUME lies on the engine's disk, without a limit and past the read-only"
            + " root: take an image without.");

    private final String text;

    Remedy(String text) {
        this.text = text;
    }

    /** Returns the sentence that explains it. */
    @Override
    public String toString() {
        return text;
    }
}
