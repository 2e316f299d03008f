package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * TLS that nobody uses, for an engine at a Unix socket. Without one, docker-java's transport prepares that of the JDK:
 * it reads all certificate authorities, which takes as long as all the rest of it.
 */
final class NoTls extends SSLContextSpi {

    static final SSLConfig CONFIG = () -> new SSLContext(new NoTls(), null, "none") {};

    private NoTls() {}

    static boolean isFor(TransportConfig transport) {
        return transport.getSslConfig() == null && "unix".equals(transport.getDockerHost().getScheme());
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("there is no TLS on a Unix socket");
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
        throw unused();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw unused();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw unused();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw unused();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw unused();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw unused();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw unused();
    }
}
