#!/bin/sh
# Makes sure that a container engine runs and has the images that the tests use.
#
# If so, it changes nothing. As root on Debian, it installs missing packages of the distribution: the engine, a JDK and
# Maven. Images are pulled, or built from packages if no registry can be reached. It can be run again at any time.
set -eu

log() { echo "provide: $*" >&2; }
fail() { log "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

on_debian_as_root() {
  [ "$(id -u)" = 0 ] && have apt-get && grep -qs '^ID=debian' /etc/os-release
}

# install COMMAND PACKAGE DESCRIPTION: installs the package unless the command exists
install() {
  if have "$1"; then return 0; fi
  on_debian_as_root ||
    fail "'$1' is missing, and this script installs only as root on Debian: install $3, then run this script again"
  log "installing $2"
  [ -n "${lists_fresh:-}" ] || apt-get update -qq
  lists_fresh=yes
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

engine_answers() { docker version >/dev/null 2>&1; }

start_engine() {
  [ -z "${DOCKER_HOST:-}" ] || fail "no engine answers at DOCKER_HOST=$DOCKER_HOST: start it, or unset DOCKER_HOST"
  install dockerd docker.io "a container engine (Docker 20.10 or later, Podman 4.3 or later)"
  if [ -d /run/systemd/system ]; then
    systemctl start docker
  else
    # No init system: probably a container or a small virtual machine, whose firewall rules stay unchanged.
    engine_log=/var/log/dockerd.log
    have setsid || fail "'setsid' is missing: install util-linux"
    setsid dockerd --iptables=false --ip-masq=false --ip-forward=false >"$engine_log" 2>&1 </dev/null &
  fi
  waited=0
  until engine_answers; do
    waited=$((waited + 1))
    [ "$waited" -le 60 ] || fail "the engine did not answer within 60 s; its log: ${engine_log:-journalctl -u docker}"
    sleep 1
  done
  log "engine started"
}

have_image() { docker image inspect "$1" >/dev/null 2>&1; }

# provide_image NAME BUILDER: pulls an image, or builds it by BUILDER if no registry can be reached
provide_image() {
  if have_image "$1"; then return 0; fi
  if timeout 120 docker pull -q "$1" >/dev/null 2>&1; then log "pulled $1"; return 0; fi
  on_debian_as_root || fail "image $1 cannot be pulled: load it into the engine, then run this script again"
  log "building $1 from packages, as no registry can be reached"
  root=$(mktemp -d)
  "$2" "$root"
  # This becomes the image's root directory, which all users must be able to enter.
  chmod 755 "$root"
  tar -C "$root" -c . | docker import - "$1" >/dev/null
  rm -rf "$root"
}

debian_root() {
  install debootstrap debootstrap debootstrap
  debootstrap --variant=minbase bookworm "$1" >/dev/null
  rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/*
}

busybox_root() {
  (cd "$1" && apt-get update -qq && apt-get download -qq -o APT::Sandbox::User=root busybox-static >/dev/null \
    && dpkg -x busybox-static_*.deb unpacked)
  busybox=$1/busybox
  mv "$1/unpacked/bin/busybox" "$busybox" 2>/dev/null || mv "$1/unpacked/usr/bin/busybox" "$busybox"
  rm -rf "$1/unpacked" "$1"/busybox-static_*.deb
  mkdir -p "$1/bin" "$1/etc" "$1/tmp" "$1/root" "$1/home"
  chmod 1777 "$1/tmp"
  chmod 700 "$1/root"
  for applet in $("$busybox" --list); do ln -sf busybox "$1/bin/$applet"; done
  mv "$busybox" "$1/bin/busybox"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
  echo 'root:x:0:' >"$1/etc/group"
}

install mvn maven "Maven 3.8 or later"
install javac default-jdk-headless "a JDK, 17 or later"
install docker docker.io "a client and engine (Docker 20.10 or later)"
engine_answers || start_engine
provide_image debian:bookworm-slim debian_root
provide_image busybox:latest busybox_root

# Only some tests need the following; they are skipped without it.
if on_debian_as_root; then
  install docker-registry docker-registry
else
  have docker-registry || log "no 'docker-registry' on the path: the tests that pull from a registry will be skipped"
fi
