package org.junitsandbox.shell;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junitsandbox.internal.audit.Counter;

/**
 * What the kernel counted of a sandbox's network, a part of {@link Usage}. Immutable, so safe for use by several
 * threads.
 *
 * <p>With the network {@code none}, as by default, each attempt to reach another machine fails and counts as
 * {@linkplain #withoutRoute() without a route}: each {@code connect}, each datagram, and so each question to a name
 * server. One name look-up makes several attempts. An address that is written out in IPv6 may be an exception:
 * {@link #isIpv6Off()}.
 *
 * <p>A pod of Kubernetes that is cut off by a {@code NetworkPolicy} keeps its route: attempts count as
 * {@linkplain #sentPackets() packets sent} there, and as {@linkplain #tcpConnections() TCP connections} or
 * {@linkplain #udpDatagrams() UDP datagrams}, although none arrives.
 *
 * @since 0.1
 */
public final class NetworkUsage {

    private final Map<Counter, Figure<Long>> figures;

    NetworkUsage(Map<Counter, Figure<Long>> figures) {
        this.figures = figures;
    }

    /**
     * Returns how many attempts to reach an IPv4 address had no route.
     *
     * @return a number of attempts
     */
    public Figure<Long> withoutRouteIpv4() {
        return figure(Counter.NO_ROUTE_IPV4);
    }

    /**
     * Returns how many attempts to reach an IPv6 address had no route.
     *
     * @return a number of attempts; unknown where {@linkplain #isIpv6Off() IPv6 is off}
     */
    public Figure<Long> withoutRouteIpv6() {
        return figure(Counter.NO_ROUTE_IPV6);
    }

    /**
     * Returns how many attempts to reach any address had no route.
     *
     * @return a number of attempts; where {@linkplain #isIpv6Off() IPv6 is off}, of those over IPv4
     */
    public Figure<Long> withoutRoute() {
        Figure<Long> ipv4 = withoutRouteIpv4();
        Figure<Long> ipv6 = withoutRouteIpv6();
        if (!ipv4.isExact() || isIpv6Off()) {
            return ipv4;
        }
        return ipv6.isExact() ? Figure.exactly(ipv4.value() + ipv6.value()) : ipv6;
    }

    /**
     * Whether the sandbox has no address of IPv6, not even that of loopback. Many engines make such containers. Nothing
     * can leave over IPv6 then, and an attempt to reach an IPv6 address fails before the kernel counts it. A name is
     * looked up over IPv4 there, which counts.
     *
     * @return true if attempts over IPv6 are not counted
     */
    public boolean isIpv6Off() {
        return withoutRouteIpv6().reason().equals(Optional.of(Counter.NO_ROUTE_IPV6.whereMissing()));
    }

    /**
     * Returns how many IPv4 datagrams came to a port of the sandbox where nothing listens. Where {@code
     * /etc/resolv.conf} names a server on loopback, or none, those are questions to a name server.
     *
     * @return a number of datagrams
     */
    public Figure<Long> datagramsNobodyTook() {
        return figure(Counter.DATAGRAMS_NOBODY_TOOK);
    }

    /**
     * Returns how many packets were sent by all interfaces but loopback. The kernel sends some by itself.
     *
     * @return a number of packets; where loopback is the only interface, as with the network {@code none}, 0
     */
    public Figure<Long> sentPackets() {
        return figure(Counter.SENT_PACKETS);
    }

    /**
     * Returns how many packets were sent within the sandbox, by loopback.
     *
     * @return a number of packets
     */
    public Figure<Long> loopbackPackets() {
        return figure(Counter.LOOPBACK_PACKETS);
    }

    /**
     * Returns how many TCP connections were begun for which there was a route, over IPv4 and IPv6, loopback included.
     *
     * @return a number of connections, whether they were accepted or not
     */
    public Figure<Long> tcpConnections() {
        return figure(Counter.TCP_CONNECTIONS);
    }

    /**
     * Returns how many UDP datagrams were sent over IPv4 for which there was a route, loopback included.
     *
     * @return a number of datagrams
     */
    public Figure<Long> udpDatagrams() {
        return figure(Counter.UDP_DATAGRAMS);
    }

    private Figure<Long> figure(Counter counter) {
        return Objects.requireNonNull(figures.get(counter));
    }

    @Override
    public String toString() {
        return "without a route: " + withoutRouteIpv4() + " over IPv4, " + withoutRouteIpv6()
                + " over IPv6; datagrams that nobody took: " + datagramsNobodyTook()
                + "; packets sent: " + sentPackets() + ", by loopback " + loopbackPackets()
                + "; TCP connections: " + tcpConnections() + "; UDP datagrams: " + udpDatagrams();
    }
}
