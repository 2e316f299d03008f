package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** What the counters of the network show beside programs that count for themselves. */
@Timeout(120)
class NetworkUsageIT {

    /** Connects five times to an address for documentation and sends seven datagrams; over IPv6, two and three. */
    private static final String ATTEMPTS =
            """
            use Socket qw(:all);
            my $v4 = pack_sockaddr_in(80, inet_aton("192.0.2.1"));
            my $v6 = pack_sockaddr_in6(80, inet_pton(AF_INET6, "2001:db8::1"));
            my $failed = 0;
            for ([AF_INET, $v4, 5, 7], [AF_INET6, $v6, 2, 3]) {
              my ($family, $address, $streams, $datagrams) = @$_;
              for (1..$streams) {
                socket(my $s, $family, SOCK_STREAM, 0) or die $!;
                connect($s, $address) or $failed++;
              }
              socket(my $d, $family, SOCK_DGRAM, 0) or die $!;
              for (1..$datagrams) { defined(send($d, "x", 0, $address)) or $failed++; }
            }
            print "$failed\n";
            """;

    /** Accepts nine connections and eleven datagrams from itself, and prints how many it took. */
    private static final String LOOPBACK =
            """
            use Socket qw(:all);
            my $any = pack_sockaddr_in(0, inet_aton("127.0.0.1"));
            socket(my $server, AF_INET, SOCK_STREAM, 0) or die $!;
            bind($server, $any) or die $!;
            listen($server, 20) or die $!;
            socket(my $sink, AF_INET, SOCK_DGRAM, 0) or die $!;
            bind($sink, $any) or die $!;
            my ($accepted, $taken) = (0, 0);
            for (1..9) {
              socket(my $client, AF_INET, SOCK_STREAM, 0) or die $!;
              connect($client, getsockname($server)) or die $!;
              accept(my $connection, $server) and $accepted++;
            }
            socket(my $source, AF_INET, SOCK_DGRAM, 0) or die $!;
            for (1..11) {
              send($source, "x", 0, getsockname($sink)) or die $!;
              recv($sink, my $text, 10, 0);
              $taken++ if $text eq "x";
            }
            print "$accepted $taken\n";
            """;

    private static Shell shell;

    @BeforeAll
    static void open() {
        shell = Shell.open(ShellKind.DASH.spec());
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    /** Describes {@link #ATTEMPTS}, as far as the kernel counts them. */
    private static String attempts() {
        boolean ipv6 = shell.run("cat", "/proc/net/if_inet6").stdout().contains(" ");
        return "12 attempts to reach an IPv4 address" + (ipv6 ? ", 5 attempts to reach an IPv6 address" : "");
    }

    @BeforeEach
    void setTheNextCommandApart() {
        shell.usage();
    }

    @Test
    void countsEachAttemptOfEachFamily() {
        CommandResult result = shell.run("perl", "-e", ATTEMPTS);

        assertThat(result).hasStdout("17\n");
        NetworkUsage network = result.usage().network();
        assertThat(network.withoutRouteIpv4()).isEqualTo(Figure.exactly(12L));
        assertThat(network.withoutRoute()).isEqualTo(Figure.exactly(network.isIpv6Off() ? 12L : 17L));
        assertThat(network.tcpConnections().value()).isZero();
        assertThat(network.udpDatagrams().value()).isZero();
        assertThat(network.sentPackets().value()).isZero();
        String attempts = attempts();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(result).triedNoNetwork())
                .withMessageContaining("\nbut it made " + attempts + "\n");
    }

    @Test
    void countsWhatStaysWithinTheSandboxAsNoAttempt() {
        CommandResult result = shell.run("perl", "-e", LOOPBACK);

        assertThat(result).hasStdout("9 11\n").triedNoNetwork();
        NetworkUsage network = result.usage().network();
        assertThat(network.tcpConnections()).isEqualTo(Figure.exactly(9L));
        assertThat(network.udpDatagrams()).isEqualTo(Figure.exactly(11L));
        // Three of each handshake at the least, and the datagrams.
        assertThat(network.loopbackPackets().value()).isBetween(9L * 3 + 11, 9L * 8 + 11);
        assertThat(network.withoutRoute().value()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void findsANameLookUp(ShellKind kind) {
        try (Shell other = Shell.open(kind.spec())) {
            CommandResult harmless = other.run("echo example.org");
            assertThat(harmless).succeeded().triedNoNetwork();
            String lookUp = kind == ShellKind.BUSYBOX ? "nslookup example.org" : "getent hosts example.org";
            CommandResult result = other.run(lookUp);

            assertThat(result).failed();
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(result).triedNoNetwork());
        }
    }

    @Test
    void findsALookUpThatAResolverOfTheSandboxIsToAnswer() {
        CommandResult result = shell.run("perl", "-e", """
                use Socket qw(:all);
                socket(my $d, AF_INET, SOCK_DGRAM, 0) or die $!;
                send($d, "question", 0, pack_sockaddr_in(53, inet_aton("127.0.0.53"))) for 1..2;
                """);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(result).triedNoNetwork())
                .withMessageContaining("datagrams to a port of its own where nothing listens\n")
                .withMessageContaining("but it made 2 ");
    }

    @Test
    void findsAttemptsOfProcessesInTheBackground() {
        CommandResult result = shell.run("perl -e '" + ATTEMPTS + "' & wait");

        assertThat(result.usage().network().withoutRouteIpv4().value()).isEqualTo(12);
    }

    @Test
    void checksTheWholeSandbox() {
        try (Shell other = Shell.open(ShellKind.DASH.spec())) {
            other.run("true");
            assertThat(other)
                    .triedNoNetwork()
                    .usedAtMost("64MiB")
                    .usedCpuAtMost(Duration.ofSeconds(5))
                    .finishedWithin(Duration.ofSeconds(60));
            other.run("perl", "-e", ATTEMPTS);
            other.run("true");

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(other).triedNoNetwork())
                    .withMessageStartingWith("\nExpecting the sandbox not to try to reach a network\n"
                            + "but it made " + attempts() + "\n\nUsage: time: ");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(other).finishedWithin(Duration.ZERO))
                    .withMessageStartingWith(
                            "\nExpecting the sandbox to finish its commands within 0 s\nbut they took 0.");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(other).usedCpuAtMost(Duration.ZERO))
                    .withMessageStartingWith("\nExpecting the sandbox to use at most 0 s of CPU time\nbut it used 0.");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(other).usedAtMost("1KiB"))
                    .withMessageStartingWith("\nExpecting the sandbox to use at most 1 KiB of memory\nbut ");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat((Shell) null).triedNoNetwork())
                    .withMessageContaining("Expecting actual not to be null");
        }
    }

    @Test
    void isNotKnownInANetworkThatIsShared() {
        SandboxSpec spec = ShellKind.DASH.spec().profile(Profile.UNTRUSTED.network("host"));
        try (Shell other = Shell.open(spec)) {
            CommandResult result = other.run("true");

            assertThat(result.usage().cpuTime().isExact()).isTrue();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(result).triedNoNetwork())
                    .withMessageContaining("but that is not known: the sandbox shares the network host, whose counters"
                            + " are not its own\n");
        }
    }
}
