#!/bin/sh
# Engines of other kinds beside the main one, each in namespaces of its own. Debian 12, as root.
#
#   engines.sh up KIND [INSTANCE]          start one; prints the environment that points a client at it
#   engines.sh stop INSTANCE [TERM|KILL]   end its daemon, and leave its data and containers as they are
#   engines.sh start INSTANCE              start the daemon again
#   engines.sh pids INSTANCE               print its daemon's process ids
#   engines.sh run INSTANCE COMMAND…       run a command in its network namespace
#   engines.sh down INSTANCE               end everything it has started, delete everything it has
#   engines.sh list                        the instances, with the state of each
#   engines.sh kinds
#
# JUNIT_SANDBOX_ENGINES is the directory for all of it, /var/lib/junit-sandbox-engines by default. It must lie on a file
# system that overlay2 can use. With ENGINE_DATA_MIB=N an engine's data lies in a memory file system of N MiB.
#
# An instance is a process that holds a network, a mount and a process namespace. What is started for it is started in
# these: it leaves the machine's firewall and mounts alone, and goes as a whole when that process goes.
set -eu

kinds="docker-20 docker-26 docker-28 podman-4 podman-5 docker-rootless podman-rootless docker-userns docker-tls docker-ssh
docker-crun docker-runsc"
engines=${JUNIT_SANDBOX_ENGINES:-/var/lib/junit-sandbox-engines}
cache=$engines/.cache
rootless_uid=64999
rootless_name=junit-sandbox

log() { echo "engines: $*" >&2; }
fail() { log "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

usage() { sed -n 's/^#   /  /p' "$0" >&2; exit 2; }

### Packages

# install COMMAND PACKAGE…: the packages, unless the command is there already
install() {
  if have "$1"; then return 0; fi
  shift
  log "installing $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

# The mirror that this machine's packages come from
mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" "Codename: bookworm" "Component: main" | head -n 1
}

# from_suite SUITE PACKAGE…: prints a directory with these packages of another suite, unpacked
from_suite() {
  suite=$1
  shift
  root=$cache/$suite-$1
  (
    flock 9
    if [ -d "$root" ]; then exit 0; fi
    log "downloading $* from $suite"
    apt=$cache/apt-$suite
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/debs"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $suite main" >"$apt/sources.list"
    options="-qq -o Dir::State::Lists=$apt/lists -o Dir::Etc::SourceList=$apt/sources.list -o Dir::Etc::SourceParts=/dev/null
      -o Dir::State::status=/dev/null -o Dir::Cache=$apt -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    (cd "$apt/debs" && apt-get $options update && apt-get $options download "$@") >&2
    rm -rf "$root.part"
    for package in "$@"; do dpkg -x "$apt/debs/${package}_"*.deb "$root.part"; done
    rm -rf "$apt"
    mv "$root.part" "$root"
  ) 9>"$cache/lock"
  echo "$root"
}

### Namespaces

# hold: the process that holds the instance's namespaces
hold() {
  mkdir -p "$e/data" "$e/exec" "$e/run"
  # Whoever ignores SIGCHLD need not wait for the orphans that fall to the first process of a namespace.
  # shellcheck disable=SC2016
  setsid unshare --net --mount --pid --fork --propagation private sh -euc '
    read -r pid rest </proc/self/stat
    mount -t proc proc /proc
    umount /sys/fs/cgroup/unified 2>/dev/null || true
    mount -t tmpfs -o mode=755 run /run
    [ -z "$2" ] || mount -t tmpfs -o "size=$2m" data "$1/data"
    ip link set lo up
    echo "$pid" >"$1/holder"
    exec env --ignore-signal=CHLD sleep infinity' sh "$e" "${ENGINE_DATA_MIB:-}" >>"$e/log" 2>&1 </dev/null &
  await "the namespaces" 10 test -s "$e/holder"
}

holder() { cat "$e/holder" 2>/dev/null; }

is_held() { [ -n "$(holder)" ] && [ -d "/proc/$(holder)" ]; }

# daemon COMMAND…: starts a command in the background, in the instance's namespaces
daemon() { nsenter --target "$(holder)" --net --mount --pid -- setsid "$@" >>"$e/log" 2>&1 </dev/null & }

# await WHAT SECONDS COMMAND…: until the command succeeds
await() {
  what=$1
  tenths=$(($2 * 10))
  shift 2
  until "$@" >/dev/null 2>&1; do
    tenths=$((tenths - 1))
    [ "$tenths" -gt 0 ] || { tail -n 20 "$e/log" >&2; fail "$instance: $what is not there in time; the log: $e/log"; }
    sleep 0.1
  done
}

# daemon_pids: as this machine sees them
daemon_pids() {
  namespace=$(readlink "/proc/$(holder)/ns/pid" | tr -dc 0-9)
  ps -eo pid=,pidns=,comm= | awk -v namespace="$namespace" \
    '$2 == namespace && $3 ~ /^(dockerd|containerd|podman)$/ { print $1 }'
}

### Kinds

# dockerd_of SUITE|machine [OPTION…]: starts Docker's daemon, of this machine or of another suite
dockerd_of() {
  path=$PATH
  if [ "$1" != machine ]; then
    unpacked=$(from_suite "$1" docker.io containerd)
    path=$unpacked/usr/bin:$unpacked/usr/sbin:$PATH
  fi
  shift
  rm -f "$e/docker.pid"
  daemon env PATH="$path" dockerd --data-root "$e/data" --exec-root "$e/exec" --pidfile "$e/docker.pid" \
    --host "unix://$e/docker.sock" --iptables=false --ip-masq=false --ip-forward=false \
    --cgroup-parent "/junit-sandbox-engines/$instance" "$@"
}

unix_environment() { echo "DOCKER_HOST=unix://$e/docker.sock" >"$e/environment"; }

# prepare: installs and writes what the kind needs, once
prepare() {
  install dockerd docker.io
  install ip iproute2
  install ps procps
  unix_environment
  case $kind in
    docker-20 | docker-26 | docker-28) ;;
    *) fail "no kind '$kind'; there are: $(echo $kinds)" ;;
  esac
}

# launch: starts the daemon
launch() {
  case $kind in
    docker-20) dockerd_of machine ;;
    docker-26) dockerd_of trixie ;;
    docker-28) dockerd_of sid ;;
  esac
}

### Clients

# client COMMAND…: with the environment that points it at the instance
client() { (
  unset DOCKER_HOST DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_CONTEXT
  set -a
  . "$e/environment"
  exec "$@"
); }

answers() { [ -n "$(docker_version 2>/dev/null)" ]; }

docker_version() { client timeout 10 docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}}'; }

# load: the images of the main engine that the tests use, and those that the library has made there
load() {
  images="busybox:latest debian:bookworm-slim $(docker image ls --filter label=org.junit-sandbox --format '{{.Repository}}:{{.Tag}}' | grep -v '<none>' || true)"
  missing=
  for image in $images; do
    client docker image inspect "$image" >/dev/null 2>&1 || missing="$missing $image"
  done
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086
  docker save $missing | client docker load >&2
}

### Commands

up() {
  [ "$(id -u)" = 0 ] || fail "not root: namespaces cannot be made"
  mkdir -p "$cache" "$e"
  echo "$kind" >"$e/kind"
  prepare
  is_held || { rm -f "$e/holder"; hold; }
  [ -n "$(daemon_pids)" ] || launch
  await "the engine" 60 answers
  load
  log "$instance: $kind, version $(docker_version)"
  cat "$e/environment"
}

stop() {
  pids=$(daemon_pids)
  [ -n "$pids" ] || return 0
  case $1 in
    # Docker ends its containerd itself.
    TERM) for pid in $pids; do [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = containerd ] || kill -TERM "$pid"; done ;;
    KILL) for pid in $pids; do kill -KILL "$pid" 2>/dev/null || true; done ;;
    *) usage ;;
  esac
  await "the end of the daemon" 60 no_daemon
}

no_daemon() { [ -z "$(daemon_pids)" ]; }

down() {
  if is_held; then
    pid=$(holder)
    kill -KILL "$pid"
    await "the end of its processes" 60 test ! -d "/proc/$pid"
  fi
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
    if [ -d "$hierarchy/junit-sandbox-engines/$instance" ]; then
      find "$hierarchy/junit-sandbox-engines/$instance" -depth -type d -exec rmdir {} +
      rmdir --ignore-fail-on-non-empty "$hierarchy/junit-sandbox-engines"
    fi
  done
  rm -rf "$e"
}

list() {
  for e in "$engines"/*/; do
    [ -f "$e/kind" ] || continue
    instance=$(basename "$e")
    if ! is_held; then state=dead; elif no_daemon; then state=stopped; else state="answers as $(docker_version)"; fi
    echo "$instance: $(cat "$e/kind"), $state"
  done
}

instance_known() { [ -f "$e/kind" ] || fail "no instance '$instance'; there are: $(ls "$engines" 2>/dev/null | tr '\n' ' ')"; }

command=${1:-}
case $command in
  list) list; exit ;;
  kinds) echo $kinds | tr ' ' '\n'; exit ;;
esac
[ $# -ge 2 ] || usage
kind=$2
instance=$2
[ "$command" != up ] || instance=${3:-$kind}
e=$engines/$instance
if [ "$command" != up ]; then
  instance_known
  kind=$(cat "$e/kind")
fi
case $command in
  up) up ;;
  stop) stop "${3:-TERM}" ;;
  start) [ -n "$(daemon_pids)" ] || launch; await "the engine" 60 answers ;;
  pids) daemon_pids ;;
  run) shift 2; exec nsenter --target "$(holder)" --net -- "$@" ;;
  down) down ;;
  *) usage ;;
esac
