#!/bin/sh
# Runs engines of other kinds beside the main one, each in its own namespaces. Needs root on Debian 12.
#
#   engines.sh up KIND [INSTANCE]          start an engine; print the environment for its clients
#   engines.sh stop INSTANCE [TERM|KILL]   stop its daemon; its data and containers stay
#   engines.sh start INSTANCE              start the daemon again
#   engines.sh pids INSTANCE               print its daemon's process ids
#   engines.sh run INSTANCE COMMAND…       run a command in its daemon's network namespace
#   engines.sh down INSTANCE               kill all its processes, delete all its files; if it does not exist, nothing
#   engines.sh list                        print the instances and their states
#   engines.sh kinds                       print the kinds
#
# JUNIT_SANDBOX_ENGINES is the directory of all instances, /var/lib/junit-sandbox-engines by default. It must be on a
# file system that overlay2 supports. With ENGINE_DATA_MIB=N, an engine's data is in a memory file system of N MiB.
#
# Instances belong to the checkout of this script: those of two checkouts may have the same name.
#
# An instance is a process that holds a network, a mount and a process namespace. All its other processes run in these
# namespaces: they do not change the machine's firewall and mounts, and they end when that process ends.
#
# The kind kubernetes is a cluster: cluster.sh starts it, and has commands for its parts.
set -eu

# shellcheck source=SCRIPTDIR/common.sh
. "$(dirname "$0")/common.sh"

kinds="docker-20 docker-26 docker-28 podman-4 podman-5 docker-rootless podman-rootless docker-userns docker-tls
docker-ssh docker-crun docker-runsc kubernetes"
rootless_uid=64999
rootless_name=junit-sandbox

### Packages

# from_suite SUITE PACKAGE…: unpacks packages of another suite of Debian; prints the directory
from_suite() {
  suite=$1
  shift
  root=$cache/$suite-$1
  (
    flock 9
    if [ -d "$root" ]; then exit 0; fi
    log "downloading $* from $suite"
    apt=$cache/apt-$suite
    options=$(apt_options "$apt")
    apt_source deb "$suite" >"$apt/sources.list"
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

# hold: starts the process that holds the instance's namespaces
hold() {
  mkdir -p "$e/data" "$e/exec"
  # The first process of a namespace adopts orphans; as it ignores SIGCHLD, the kernel reaps them.
  # shellcheck disable=SC2016
  setsid unshare --net --mount --pid --fork --propagation private sh -euc '
    read -r pid rest </proc/self/stat
    namespace=$(readlink /proc/self/ns/pid)
    mount -t proc proc /proc
    umount /sys/fs/cgroup/unified 2>/dev/null || true
    mount -t tmpfs -o mode=755 run /run
    mkdir /run/engine
    [ -z "$2" ] || mount -t tmpfs -o "size=$2m" data "$1/data"
    ip link set lo up
    echo "$pid $namespace" >"$1/holder.part"
    mv "$1/holder.part" "$1/holder"
    exec env --ignore-signal=CHLD sleep infinity' sh "$e" "${ENGINE_DATA_MIB:-}" >>"$e/log" 2>&1 </dev/null &
  await "namespaces" 60 is_held
}

# daemon COMMAND…: starts a command in the background, in the instance's namespaces. Without a parent nsenter, which
# would stop together with the daemon and then not notice its end.
daemon() {
  nsenter --target "$(holder)" --net --mount --pid --no-fork -- setsid --fork "$@" >>"$e/log" 2>&1 </dev/null
}

# daemon_pids: prints the daemon's process ids, as seen outside its namespaces
daemon_pids() {
  ps -eo pid=,pidns=,comm=,args= | awk -v namespace="$(namespace)" \
    '$2 == namespace && ($3 == "dockerd" || $3 == "containerd" || ($3 == "podman" && / system service /)) { print $1 }'
}

# runs_inside NAME: succeeds if a program runs in the instance's namespaces
runs_inside() { nsenter --target "$(holder)" --pid --mount -- ps -eo comm= | grep -qx "$1"; }

# rootless_user: creates a user that exists only in the instance's namespaces and owns the instance's directory
rootless_user() {
  for file in passwd group subuid subgid; do cp "/etc/$file" "$e/$file" 2>/dev/null || : >"$e/$file"; done
  echo "$rootless_name:x:$rootless_uid:$rootless_uid::$e/home:/bin/sh" >>"$e/passwd"
  echo "$rootless_name:x:$rootless_uid:" >>"$e/group"
  echo "$rootless_name:700000:65536" | tee -a "$e/subuid" >>"$e/subgid"
  for file in passwd group subuid subgid; do
    [ -e "/etc/$file" ] || : >"/etc/$file"
    nsenter --target "$(holder)" --mount -- mount --bind "$e/$file" "/etc/$file"
  done
  mkdir -p "$e/home"
  chown "$rootless_uid:$rootless_uid" "$e" "$e/exec" "$e/home"
  # Accessible to all in the instance's namespaces, whatever its mode outside.
  mknod -m 666 "$e/tun" c 10 200
  nsenter --target "$(holder)" --mount -- sh -ec "chown $rootless_uid:$rootless_uid /run/engine $e/data
    mount --bind $e/tun /dev/net/tun"
}

### Kinds

# dockerd_options OPTION…: prints the options of any Docker daemon, one word a line
dockerd_options() {
  [ -f "$e/daemon.json" ] || echo '{}' >"$e/daemon.json"
  rm -f "$e/docker.pid"
  printf '%s\n' --config-file "$e/daemon.json" --data-root "$e/data" --exec-root "$e/exec" --pidfile "$e/docker.pid" \
    --iptables=false --ip-masq=false --ip-forward=false "$@"
}

# dockerd_as_root OPTION…: starts a Docker daemon as root
dockerd_as_root() {
  # shellcheck disable=SC2046
  daemon env PATH="${suite_path:-}$PATH" \
    dockerd $(dockerd_options --cgroup-parent "/$cgroup" "$@")
}

# of_suite SUITE: makes the next Docker daemon one of another suite of Debian
of_suite() {
  unpacked=$(from_suite "$1" docker.io containerd)
  suite_path=$unpacked/usr/bin:$unpacked/usr/sbin:
}

# as_rootless_user COMMAND…: starts a daemon as the rootless user. It shares one bound with all that it starts, as it
# may be unable to limit its containers.
as_rootless_user() {
  for bound in pids/pids.max=4096 memory/memory.limit_in_bytes=4G; do
    group=/sys/fs/cgroup/${bound%%/*}
    [ -d "$group" ] || continue
    mkdir -p "$group/$cgroup"
    echo "${bound#*=}" >"$group/$cgroup/$(basename "${bound%=*}")"
  done
  # shellcheck disable=SC2016
  daemon sh -euc '
    for group in /sys/fs/cgroup/pids/$1 /sys/fs/cgroup/memory/$1; do
      [ ! -d "$group" ] || echo 0 >"$group/cgroup.procs"
    done
    shift
    exec "$@"' sh "$cgroup" env -i PATH="$PATH" HOME="$e/home" USER="$rootless_name" XDG_RUNTIME_DIR=/run/engine \
    ${CONTAINERS_CONF:+"CONTAINERS_CONF=$CONTAINERS_CONF"} \
    ${CONTAINERS_REGISTRIES_CONF:+"CONTAINERS_REGISTRIES_CONF=$CONTAINERS_REGISTRIES_CONF"} \
    setpriv --reuid "$rootless_uid" --regid "$rootless_uid" --clear-groups "$@"
}

# podman_conf: configures Podman, with a wrapper of the runtime: Podman asks for more processes than root may have on a
# machine where root cannot raise its own limits.
podman_conf() {
  processes=$(ulimit -H -p)
  cat >"$e/crun" <<SCRIPT
#!/bin/sh
previous=
for argument in "\$@"; do
  case \$previous in
    --bundle | -b) file=\$argument/config.json ;;
    --process | -p) file=\$argument ;;
    *) file= ;;
  esac
  if [ -f "\$file" ] && [ "$processes" != unlimited ]; then
    sed -i 's/\("type":"RLIMIT_NPROC","hard":\)[0-9]*\(,"soft":\)[0-9]*/\1$processes\2$processes/' "\$file"
  fi
  previous=\$argument
done
exec crun "\$@"
SCRIPT
  chmod 755 "$e/crun"
  export CONTAINERS_CONF="$e/containers.conf"
  cat >"$CONTAINERS_CONF" <<CONF
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
[engine.runtimes]
crun = ["$e/crun"]
CONF
  podman_registries
}

# podman_registries: allows the tests' own registry, which has no certificate
podman_registries() {
  export CONTAINERS_REGISTRIES_CONF="$e/registries.conf"
  cat >"$CONTAINERS_REGISTRIES_CONF" <<CONF
unqualified-search-registries = ["docker.io"]
[[registry]]
location = "127.0.0.1:5000"
insecure = true
CONF
}

# podman_service: prints Podman's command; the path of its run root must be short
podman_service() { echo "podman --root $e/data --runroot /run/engine system service --time 0 unix://$e/docker.sock"; }

# podman_root: makes a root directory of Debian 13 with Podman; prints its path
podman_root() {
  root=$cache/trixie-podman
  (
    flock 9
    if [ -d "$root" ]; then exit 0; fi
    log "making a root directory of Debian 13 with Podman"
    rm -rf "$root.part"
    debootstrap --variant=minbase --include=podman,crun,netavark,nftables trixie "$root.part" "$(mirror)" >&2
    rm -rf "$root.part/var/cache/apt/archives" "$root.part/var/lib/apt/lists"
    mv "$root.part" "$root"
  ) 9>"$cache/lock"
  echo "$root"
}

# with_root_of DIRECTORY COMMAND…: starts a daemon with another root directory, in which the instance's directory keeps
# its path. By pivot_root, as with chroot the processes of its containers would find the machine's root.
with_root_of() {
  root=$1
  shift
  # shellcheck disable=SC2016
  daemon unshare --mount --propagation private sh -euc '
    root=$1
    instance=$2
    shift 2
    mkdir -p "$root$instance"
    mount --bind "$root" "$root"
    for shared in /dev /proc /sys /run "$instance"; do mount --rbind "$shared" "$root$shared"; done
    cd "$root"
    pivot_root . mnt
    umount -l /mnt
    cd /
    exec "$@"' sh "$root" "$e" "$@"
}

# free_port: prints the instance's port on loopback, at first one that is free
free_port() {
  [ -s "$e/port" ] || perl -MIO::Socket::INET -e \
    'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport' >"$e/port"
  cat "$e/port"
}

# certificates: makes the certificates of an authority, of the engine and of its client
certificates() {
  [ ! -d "$e/tls" ] || return 0
  mkdir -p "$e/tls"
  (
    cd "$e/tls"
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=junit-sandbox test authority" \
      -keyout ca-key.pem -out ca.pem
    echo "subjectAltName=IP:127.0.0.1" >server.ext
    echo "extendedKeyUsage=clientAuth" >client.ext
    for side in server client; do
      openssl req -newkey rsa:2048 -nodes -subj "/CN=$side" -keyout "$side-key.pem" -out "$side.csr"
      openssl x509 -req -days 30 -in "$side.csr" -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile "$side.ext" \
        -out "$side.pem"
    done
    # The names that Docker's clients expect
    mv client.pem cert.pem
    mv client-key.pem key.pem
  ) >>"$e/log" 2>&1
}

# dockerd_behind_tls: starts a Docker daemon on a port of this machine. The daemon inherits the socket, as its network
# namespace has other ports.
dockerd_behind_tls() {
  # shellcheck disable=SC2016,SC2046
  perl -MIO::Socket::INET -MPOSIX=dup2 -e '
    $^F = 9;
    my $socket = IO::Socket::INET->new(Listen => 128, LocalAddr => "127.0.0.1", LocalPort => shift, ReuseAddr => 1);
    defined $socket && dup2(fileno $socket, 3) or die "no socket: $!";
    exec @ARGV' "$(free_port)" \
    nsenter --target "$(holder)" --net --mount --pid -- setsid sh -c 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"' sh \
    dockerd $(dockerd_options --cgroup-parent "/$cgroup" --host fd:// --tlsverify \
      --tlscacert "$e/tls/ca.pem" --tlscert "$e/tls/server.pem" --tlskey "$e/tls/server-key.pem") \
    >>"$e/log" 2>&1 </dev/null &
}

# ssh_tunnel: starts an SSH server on loopback, and a client that forwards the engine's socket through it
ssh_tunnel() {
  if runs_inside ssh; then return 0; fi
  mkdir -p "$e/ssh"
  [ -f "$e/ssh/key" ] || {
    ssh-keygen -q -t ed25519 -N '' -f "$e/ssh/host_key"
    ssh-keygen -q -t ed25519 -N '' -f "$e/ssh/key"
  }
  cat >"$e/ssh/sshd_config" <<CONF
ListenAddress 127.0.0.1
Port $(free_port)
HostKey $e/ssh/host_key
AuthorizedKeysFile $e/ssh/key.pub
PidFile none
StrictModes no
UsePAM no
CONF
  # In the machine's network namespace, where the rest of the machine can reach it.
  nsenter --target "$(holder)" --mount --pid -- \
    sh -c "mkdir -p /run/sshd && exec $(command -v sshd) -f $e/ssh/sshd_config" \
    >>"$e/log" 2>&1 </dev/null
  nsenter --target "$(holder)" --mount --pid -- ssh -N -p "$(free_port)" -i "$e/ssh/key" -o BatchMode=yes \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o StreamLocalBindUnlink=yes \
    -L "$e/docker.sock:$e/engine.sock" root@127.0.0.1 >>"$e/log" 2>&1 </dev/null &
}

# prepare: installs what the kind needs, and writes the environment for its clients
prepare() {
  install dockerd docker.io
  install ip iproute2
  install ps procps
  echo "DOCKER_HOST=unix://$e/docker.sock" >"$e/environment"
  case $kind in
    docker-20 | docker-26 | docker-28 | docker-userns) ;;
    docker-crun)
      install crun crun
      echo '{"runtimes": {"crun": {"path": "'"$(command -v crun)"'"}}, "default-runtime": "crun"}' >"$e/daemon.json"
      ;;
    docker-runsc)
      runsc=$(from_suite bookworm-backports runsc)/usr/bin/runsc
      echo '{"runtimes": {"runsc": {"path": "'"$runsc"'", "runtimeArgs": ["--network=none"]}},' \
        '"default-runtime": "runsc"}' >"$e/daemon.json"
      ;;
    docker-tls)
      install openssl openssl
      certificates
      printf 'DOCKER_HOST=tcp://127.0.0.1:%s\nDOCKER_TLS_VERIFY=1\nDOCKER_CERT_PATH=%s\n' "$(free_port)" "$e/tls" \
        >"$e/environment"
      ;;
    docker-ssh)
      install sshd openssh-server openssh-client
      ;;
    docker-rootless)
      install rootlesskit rootlesskit
      install newuidmap uidmap
      install slirp4netns slirp4netns
      ;;
    podman-4)
      install podman podman crun
      ;;
    podman-rootless)
      install podman podman crun
      install newuidmap uidmap
      install slirp4netns slirp4netns
      ;;
    podman-5)
      install debootstrap debootstrap
      podman_root >/dev/null
      ;;
    *) fail "no kind '$kind'; there are: $(echo $kinds)" ;;
  esac
}

# furnish: changes the instance's namespaces as the kind needs
furnish() {
  case $kind in
    docker-rootless | podman-rootless | docker-userns) rootless_user ;;
  esac
}

# launch: starts the daemon
launch() {
  # shellcheck disable=SC2046
  case $kind in
    docker-20 | docker-crun | docker-runsc) dockerd_as_root --host "unix://$e/docker.sock" ;;
    docker-26) of_suite trixie && dockerd_as_root --host "unix://$e/docker.sock" ;;
    docker-28) of_suite sid && dockerd_as_root --host "unix://$e/docker.sock" ;;
    docker-userns) dockerd_as_root --host "unix://$e/docker.sock" --userns-remap "$rootless_name" ;;
    docker-tls) dockerd_behind_tls ;;
    docker-ssh)
      dockerd_as_root --host "unix://$e/engine.sock"
      ssh_tunnel
      ;;
    docker-rootless)
      as_rootless_user /usr/share/docker.io/contrib/dockerd-rootless.sh \
        $(dockerd_options --host "unix://$e/docker.sock")
      ;;
    podman-4) podman_conf && daemon $(podman_service) ;;
    podman-5) podman_conf && with_root_of "$(podman_root)" $(podman_service) ;;
    podman-rootless) podman_conf && as_rootless_user $(podman_service) ;;
  esac
}

### Clients

# client COMMAND…: runs a client with the environment that points it at the instance
client() { (
  unset DOCKER_HOST DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_CONTEXT
  set -a
  . "$e/environment"
  exec "$@"
); }

answers() { [ -n "$(docker_version 2>/dev/null)" ]; }

docker_version() { client timeout 10 docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}}'; }

has_image() { client docker image inspect "$1" >/dev/null 2>&1; }

# load: copies the images that the tests use from the main engine
load() {
  for image in busybox:latest debian:bookworm-slim; do
    if has_image "$image"; then continue; fi
    docker save "$image" | client docker load >>"$e/log"
    # For Podman, a name without a registry means localhost; for Docker, it means docker.io.
    if has_image "localhost/$image"; then
      client docker tag "localhost/$image" "docker.io/library/$image"
      client docker rmi "localhost/$image" >>"$e/log"
    fi
  done
}

### Commands

up() {
  [ "$(id -u)" = 0 ] || fail "root is needed to create namespaces"
  mkdir -p "$cache" "$e"
  echo "$kind" >"$e/kind"
  prepare
  is_held || {
    rm -f "$e/holder"
    hold
    furnish
  }
  [ -n "$(daemon_pids)" ] || launch
  await "answer of the engine" 60 answers
  load
  log "$instance: $kind, version $(docker_version)"
  cat "$e/environment"
}

stop() {
  pids=$(daemon_pids)
  [ -n "$pids" ] || return 0
  case $1 in
    # Docker stops its containerd itself. A rootless Podman has two processes, and one may end the other.
    TERM)
      for pid in $pids; do
        [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = containerd ] || kill -TERM "$pid" 2>/dev/null || true
      done
      ;;
    KILL) for pid in $pids; do kill -KILL "$pid" 2>/dev/null || true; done ;;
    *) usage ;;
  esac
  await "end of the daemon" 60 no_daemon
}

no_daemon() { [ -z "$(daemon_pids)" ]; }

down() {
  if [ ! -d "$e" ]; then
    log "nothing to delete: $(no_instance)"
    return 0
  fi
  end_holder
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
    if [ -d "$hierarchy/$cgroup" ]; then
      find "$hierarchy/$cgroup" -depth -type d -exec rmdir {} +
    fi
  done
  delete_instance
}

list() {
  for instance in $(instances); do
    e=$engines/$instance
    if ! is_held; then
      state=dead
    elif is_cluster; then
      state=held
    elif no_daemon; then
      state=stopped
    else
      state="answers as $(docker_version)"
    fi
    echo "$instance: $(kind), $state"
  done
}

# kind: prints the instance's kind
kind() { cat "$e/kind" 2>/dev/null || echo "of unknown kind"; }

is_cluster() { [ "$(kind)" = kubernetes ]; }

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
cgroup=junit-sandbox-engine-$checkout-$instance
if is_cluster || [ "$command-$kind" = up-kubernetes ]; then
  case $command in
    up | down) exec "$(dirname "$0")/cluster.sh" "$command" "$instance" ;;
    *) fail "$instance is a cluster: see cluster.sh" ;;
  esac
fi
case $command in
  up | down) ;;
  *)
    require_held
    kind=$(kind)
    ;;
esac
case $command in
  up) up ;;
  stop) stop "${3:-TERM}" ;;
  start) [ -n "$(daemon_pids)" ] || launch; await "answer of the engine" 60 answers ;;
  pids) daemon_pids ;;
  run)
    shift 2
    exec nsenter --target "$(daemon_pids | tail -n 1)" --net -- "$@"
    ;;
  down) down ;;
  *) usage ;;
esac
