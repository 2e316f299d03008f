#!/bin/sh
# Runs a Kubernetes cluster of one node beside the engines, in namespaces of its own. Needs root on Debian 12, control
# groups version 1, and a Docker engine with the images that the tests use.
#
#   cluster.sh up [INSTANCE]                    start it; print the environment for its clients
#   cluster.sh load INSTANCE IMAGE…             copy images to it from the Docker engine of this machine
#   cluster.sh kubectl INSTANCE ARGUMENT…       run kubectl as its administrator
#   cluster.sh stop INSTANCE PART [TERM|KILL]   stop a part; the others go on
#   cluster.sh start INSTANCE PART              start a part again
#   cluster.sh cut INSTANCE SECONDS             let no packet pass between it and this machine for so long
#   cluster.sh account INSTANCE NAMESPACE NAME  print a kubeconfig of a service account, which it makes if need be
#   cluster.sh run INSTANCE COMMAND…            run a command in its namespaces
#   cluster.sh down INSTANCE                    kill all its processes, delete all its files
#   cluster.sh build                            make its programs only
#
# A PART is etcd, containerd, kube-apiserver, kube-controller-manager, kube-scheduler or kubelet. JUNIT_SANDBOX_ENGINES
# is the directory of all instances, as with engines.sh. What was built is kept there, in .cache/kubernetes-1.20.2.
#
# Debian 12 has packages of etcd, containerd, runc, kubectl and the network plugins. It has the source of Kubernetes'
# other programs only: the package "kubernetes" 1.20.2, complete with its dependencies. Later releases have cut it down
# to kubectl. Building them takes some five minutes of CPU time.
#
# The parts run in a network, a mount and a process namespace that a process holds. They do not change the machine's
# firewall, mounts and kernel settings. A pair of virtual interfaces connects them with the machine; they go with the
# namespaces. Pods reach each other and the API server, and nothing else.
#
# A registry goes with it: what the machine's Docker engine pushes there, the node pulls.
set -eu

# shellcheck source=SCRIPTDIR/common.sh
. "$(dirname "$0")/common.sh"

version=1.20.2
programs=$cache/kubernetes-$version
tools="etcd-server kubernetes-client containerd runc containernetworking-plugins"
compiler="golang-1.19-go golang-1.19-src"
builds="kubelet kube-apiserver kube-controller-manager kube-scheduler"
node=node
pause_image=registry.k8s.io/pause:3.6
# The processes of a pod, the pause process included. A pod has no such limit of its own.
pod_processes=129
# All of it is inside the namespaces. The first address of the services is the API server's.
pod_network=10.199.1.0/24
first_pod_address=10.199.1.2
last_pod_address=10.199.1.239
service_network=10.199.1.240/28
service_address=10.199.1.241

### Programs

# fetch DIRECTORY: downloads the packages and the source, without installing anything
fetch() {
  options=$(apt_options "$1")
  { apt_source deb bookworm; apt_source deb-src bookworm; } >"$1/sources.list"
  # shellcheck disable=SC2086
  (cd "$1/debs" && apt-get $options update && apt-get $options download $tools $compiler \
    && apt-get $options source --download-only kubernetes) >&2
}

# go_build PACKAGE FILE: builds a program from the source in $GOPATH, without cloud providers and Docker's old interface
go_build() {
  flags='-s -w'
  for package in component-base/version client-go/pkg/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    flags="$flags -X $package.gitVersion=v$version -X $package.gitMajor=${version%%.*}"
    flags="$flags -X $package.gitMinor=$(echo "$version" | cut -d . -f 2)"
  done
  (cd "$GOPATH/src/k8s.io/kubernetes" && go build -tags providerless,dockerless -o "$2" -ldflags "$flags" "$1")
}

# generate_openapi: makes the one source file that the source package lacks, a description of all types
generate_openapi() {
  go_build ./vendor/k8s.io/kube-openapi/cmd/openapi-gen "$work/openapi-gen"
  (
    cd "$GOPATH/src/k8s.io/kubernetes"
    inputs=$(grep -rl --include='*.go' '+k8s:openapi-gen=' pkg vendor/k8s.io/api/ vendor/k8s.io/apimachinery/ \
      vendor/k8s.io/apiextensions-apiserver/ vendor/k8s.io/kube-aggregator/ vendor/k8s.io/apiserver/pkg/apis/audit/ \
      vendor/k8s.io/client-go/pkg/version/ | xargs -n 1 dirname | sort -u | sed 's,^,k8s.io/kubernetes/,' | paste -sd ,)
    "$work/openapi-gen" -i "$inputs" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
      -h hack/boilerplate/boilerplate.generatego.txt -r "$work/violations"
  )
}

# build_pause FILE: builds the program that holds a pod's namespaces
build_pause() {
  mkdir -p "$work/pause"
  cat >"$work/pause/main.go" <<'GO'
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, syscall.SIGINT, syscall.SIGTERM)
	signal.Ignore(syscall.SIGCHLD)
	<-ends
}
GO
  (cd "$work/pause" && go build -ldflags '-s -w' -o "$1" main.go)
}

# build: makes all programs, unless they are kept from an earlier time
build() { (
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
  if [ -d "$programs" ]; then exit 0; fi
  work=$cache/kubernetes-work
  rm -rf "$work" "$programs.part"
  mkdir -p "$work/go" "$work/path/src/k8s.io/kubernetes" "$work/temporary" "$programs.part/bin"
  log "downloading packages and source"
  fetch "$work"
  for package in $compiler; do dpkg -x "$work/debs/${package}_"*.deb "$work/go"; done
  for package in $tools; do dpkg -x "$work/debs/${package}_"*.deb "$programs.part"; done
  tar -C "$work/path/src/k8s.io/kubernetes" --strip-components 1 -xzf "$work"/debs/kubernetes_*.orig.tar.gz
  export GOROOT="$work/go/usr/lib/go-1.19" GOPATH="$work/path" GOCACHE="$work/cache" GOTMPDIR="$work/temporary"
  # shellcheck disable=SC2030
  export GO111MODULE=off GOFLAGS='' CGO_ENABLED=0 HOME="$work" PATH="$work/go/usr/lib/go-1.19/bin:$PATH"
  # The compiler is quicker when it does not collect garbage. The API server takes it the most memory, some 2 GiB.
  export GOGC=off
  build_pause "$programs.part/bin/pause"
  log "generating the description of the API"
  generate_openapi
  for program in $builds; do
    log "building $program $version"
    go_build "./cmd/$program" "$programs.part/bin/$program"
  done
  rm -rf "$work" "$programs.part/usr/share" "$programs.part/lib" "$programs.part/etc"
  mv "$programs.part" "$programs"
) }

### Namespaces

# hold: starts the process that holds the instance's namespaces
hold() {
  mkdir -p "$e/var/log" "$e/var/lib" "$e/var/tmp" "$e/tunables" "$e/programs"
  ln -sfn /run "$e/var/run"
  # kubelet would set these in the kernel, for the whole machine. It finds files with these values in their places.
  for tunable in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    echo "${tunable#*=}" >"$e/tunables/$(echo "${tunable%=*}" | tr / .)"
  done
  # The first process of a namespace adopts orphans; as it ignores SIGCHLD, the kernel reaps them.
  # shellcheck disable=SC2016
  setsid unshare --net --mount --pid --fork --propagation private sh -euc '
    read -r pid rest </proc/self/stat
    namespace=$(readlink /proc/self/ns/pid)
    mount -t proc proc /proc
    # The cluster is to see version 1 only; some machines have version 2 as well.
    ! mountpoint -q /sys/fs/cgroup/unified || umount /sys/fs/cgroup/unified
    mount -t tmpfs -o mode=755 run /run
    mkdir /run/cluster /run/netns
    mount --bind "$1" /run/cluster
    mount --bind "$2" /run/cluster/programs
    for tunable in /run/cluster/tunables/*; do
      mount --bind "$tunable" "/proc/sys/$(basename "$tunable" | tr . /)"
    done
    # kubelet and containerd have fixed places there, and kubelet passes on mounts that are made later.
    mount --bind /run/cluster/var /var
    mount --make-rshared /
    ip link set lo up
    echo "$pid $namespace" >/run/cluster/holder.part
    mv /run/cluster/holder.part /run/cluster/holder
    exec env --ignore-signal=CHLD sleep infinity' sh "$e" "$programs" >>"$e/log" 2>&1 </dev/null &
  await "namespaces" 60 is_held
}

# connect: connects the namespaces with the machine
connect() {
  ip link add "$interface" type veth peer name eth0 netns "$(holder)"
  ip address add "$host_address/30" dev "$interface"
  ip link set "$interface" up
  # On loopback, too, so that the parts reach each other while the connection is cut.
  inside ip address add "$server_address/32" dev lo
  inside ip address add "$server_address/30" dev eth0
  inside ip link set eth0 up
}

# inside COMMAND…: runs a command in the instance's namespaces, with its programs on the path
inside() {
  nsenter --target "$(holder)" --net --mount --pid -- env PATH="$path_inside" "$@"
}

# daemon NAME COMMAND…: starts a program there in the background. Without a parent nsenter, which would stop together
# with the program and then not notice its end.
daemon() {
  name=$1
  shift
  nsenter --target "$(holder)" --net --mount --pid --no-fork -- \
    setsid --fork env PATH="$path_inside" "$@" >>"$e/logs/$name" 2>&1 </dev/null
}

# daemon_outside NAME COMMAND…: does the same, but in the machine's network
daemon_outside() {
  name=$1
  shift
  nsenter --target "$(holder)" --mount --pid --no-fork -- setsid --fork "$@" >>"$e/logs/$name" 2>&1 </dev/null
}

# control_groups COMMAND: runs it for the instance's group in each hierarchy of version 1
control_groups() {
  failed=
  for hierarchy in /sys/fs/cgroup/*/; do
    # Not the one of version 2 that may lie beside them.
    if [ -e "$hierarchy/cgroup.procs" ] && [ ! -e "$hierarchy/cgroup.controllers" ]; then
      "$1" "$hierarchy$cgroup" || failed=yes
    fi
  done
  [ -z "$failed" ]
}

make_group() {
  mkdir -p "$1"
  # A group of CPUs and memory nodes is of no use while it is empty.
  for file in cpuset.cpus cpuset.mems; do
    [ ! -e "$1/$file" ] || cat "$(dirname "$1")/$file" >"$1/$file"
  done
}

remove_group() { [ ! -d "$1" ] || find "$1" -depth -type d -exec rmdir {} +; }

# registries: starts the registry, twice over one folder: on the loopback interfaces of the machine and of the cluster,
# where Docker's and the node's clients need no certificate
registries() {
  mkdir -p "$e/registry"
  cat >"$e/registry.yml" <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: /run/cluster/registry}}
http: {addr: "$registry"}
YAML
  daemon registry docker-registry serve /run/cluster/registry.yml
  daemon_outside machine-registry docker-registry serve /run/cluster/registry.yml
  for log in registry machine-registry; do
    await "answer of the $log" 30 grep -q "listening on" "$e/logs/$log"
  done
}

### Configuration

certificates() {
  mkdir -m 700 "$secrets"
  (
    cd "$secrets"
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=junit-sandbox test cluster" \
      -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj /CN=kube-apiserver -keyout server.key -out server.csr
    echo "subjectAltName=IP:$server_address,IP:$service_address,IP:127.0.0.1,DNS:localhost" >server.ext
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext \
      -out server.crt
    openssl genrsa -out accounts.key 2048
  ) >>"$e/log" 2>&1
}

# client FILE USER [GROUP]: makes a client's token and configuration
client() {
  token=$(openssl rand -hex 16)
  # token,user,uid,"groups"
  echo "$token,$2,$2${3:+,\"$3\"}" >>"$secrets/tokens"
  kubeconfig "$token" >"$secrets/$1.kubeconfig"
}

# kubeconfig TOKEN [NAMESPACE]: prints a client's configuration
kubeconfig() {
  cat <<YAML
apiVersion: v1
kind: Config
clusters:
- name: cluster
  cluster:
    server: https://$server_address
    certificate-authority-data: $(base64 -w 0 "$secrets/ca.crt")
users:
- name: user
  user:
    token: $1
contexts:
- name: cluster
  context: {cluster: cluster, user: user, namespace: ${2:-default}}
current-context: cluster
YAML
}

configure() {
  certificates
  client admin admin system:masters
  client kubelet "system:node:$node" system:nodes
  client kube-controller-manager system:kube-controller-manager
  client kube-scheduler system:kube-scheduler
  cat >"$e/containerd.toml" <<TOML
version = 2
root = "/run/cluster/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$pause_image"
  # Root may not be allowed to protect a process from the end of memory.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/run/cluster/programs/usr/lib/cni"
    conf_dir = "/run/cluster/network"
TOML
  # The API server's address as a service is one of the bridge: pods reach it without a proxy on the node.
  mkdir -p "$e/network"
  cat >"$e/network/pods.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "pods", "isGateway": false, "ipMasq": false,
   "ipam": {"type": "host-local", "ranges": [[
     {"subnet": "$pod_network", "rangeStart": "$first_pod_address", "rangeEnd": "$last_pod_address"}]]}}]}
JSON
  # shellcheck disable=SC3045
  files=$(ulimit -H -n)
  [ "$files" != unlimited ] || files=1000000
  cat >"$e/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
podPidsLimit: $pod_processes
# Nothing answers there, and that is reported at once. Without an address, each pod has a warning.
clusterDNS: [$service_address]
clusterDomain: cluster.local
failSwapOn: false
makeIPTablesUtilChains: false
# Root may not be allowed to raise its limits.
maxOpenFiles: $files
serializeImagePulls: false
# No pod is evicted because the machine is short of disk space.
evictionHard: {memory.available: 16Mi, nodefs.available: 16Mi, imagefs.available: 16Mi, nodefs.inodesFree: "1"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
featureGates: {SizeMemoryBackedVolumes: true}
YAML
}

### Parts

ctr() { inside ctr --address /run/containerd/containerd.sock --namespace k8s.io "$@"; }

kubectl() { "$programs/usr/bin/kubectl" --kubeconfig "$secrets/admin.kubeconfig" "$@"; }

# part_pids PART: prints the part's process ids, as seen outside its namespaces
part_pids() {
  # The kernel keeps 15 characters of a name.
  ps -eo pid=,pidns=,comm= | awk -v namespace="$(namespace)" -v name="$(echo "$1" | cut -c 1-15)" \
    '$2 == namespace && $3 == name { print $1 }'
}

ended() { [ -z "$(part_pids "$1")" ]; }

stop_part() {
  # One that has ended by itself meanwhile is no failure: the wait decides.
  for pid in $(part_pids "$1"); do kill "-$2" "$pid" 2>/dev/null || true; done
  await "end of $1" 60 ended "$1"
}

# start_part PART: starts it unless it runs, and waits until it answers
start_part() {
  reported=
  if ended "$1"; then
    [ "$1" != kubelet ] || reported=$(node_report | cut -d ' ' -f 1)
    launch "$1"
  fi
  case $1 in
    etcd) ;;
    containerd) await "answer of containerd" 60 ctr version ;;
    kube-apiserver) await "answer of the API server" 90 kubectl get --raw /readyz ;;
    kube-controller-manager) await "default service account" 90 kubectl get serviceaccount default ;;
    kube-scheduler) ;;
    # Its health, as the node is Ready for some time after the end of kubelet.
    kubelet)
      # shellcheck disable=SC2016
      await "answer of kubelet" 90 inside perl -MIO::Socket::INET -e \
        'my $s = IO::Socket::INET->new("127.0.0.1:10248") or exit 1;
         print $s "GET /healthz HTTP/1.0\r\n\r\n"; exit(<$s> !~ / 200 /)'
      await "node" 90 node_is_ready "$reported"
      ;;
  esac
}

# node_report: prints when kubelet has last reported the node's condition, whether it is ready, and its taints
node_report() {
  kubectl get node "$node" --ignore-not-found \
    --output "jsonpath={.status.conditions[?(@.type=='Ready')].lastHeartbeatTime}\
 {.status.conditions[?(@.type=='Ready')].status} {.spec.taints[*].key}"
}

# node_is_ready REPORTED: whether pods can start there, by another report than the one of that time. A kubelet that has
# just started reports at first that its node is not ready.
node_is_ready() {
  node_report | awk -v reported="$1" '{ exit !($1 != reported && $2 == "True" && !/node.kubernetes.io\/not-ready/) }'
}

launch() {
  s=/run/cluster/secrets
  case $1 in
    containerd) daemon containerd containerd --config /run/cluster/containerd.toml ;;
    # What it stores goes with the instance anyway: no waiting for the disk.
    etcd)
      daemon etcd etcd --data-dir /run/etcd --unsafe-no-fsync --listen-client-urls http://127.0.0.1:2379 \
        --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
      ;;
    kube-apiserver)
      daemon kube-apiserver kube-apiserver --etcd-servers http://127.0.0.1:2379 \
        --advertise-address "$server_address" --secure-port 443 --tls-cert-file $s/server.crt \
        --tls-private-key-file $s/server.key --token-auth-file $s/tokens --authorization-mode Node,RBAC \
        --enable-admission-plugins NodeRestriction --service-account-issuer https://kubernetes.default.svc \
        --service-account-signing-key-file $s/accounts.key --service-account-key-file $s/accounts.key \
        --service-cluster-ip-range "$service_network" --kubelet-preferred-address-types InternalIP \
        --feature-gates TTLAfterFinished=true --profiling=false
      ;;
    kube-controller-manager)
      daemon kube-controller-manager kube-controller-manager --kubeconfig $s/kube-controller-manager.kubeconfig \
        --leader-elect=false --profiling=false --use-service-account-credentials --root-ca-file $s/ca.crt \
        --service-account-private-key-file $s/accounts.key --feature-gates TTLAfterFinished=true
      ;;
    kube-scheduler)
      daemon kube-scheduler kube-scheduler --kubeconfig $s/kube-scheduler.kubeconfig --leader-elect=false \
        --profiling=false
      ;;
    kubelet)
      daemon kubelet kubelet --config /run/cluster/kubelet.yaml --kubeconfig $s/kubelet.kubeconfig \
        --hostname-override "$node" --node-ip "$server_address" --container-runtime remote \
        --container-runtime-endpoint unix:///run/containerd/containerd.sock \
        --volume-plugin-dir /var/lib/kubelet/volume-plugins
      ;;
    *) fail "no part '$1'; there are: etcd containerd $builds" ;;
  esac
}

# pause_archive: prints the image of pods' first process, as "docker save" would
pause_archive() {
  archive=$(mktemp -d)
  tar -C "$programs/bin" --owner 0 --group 0 -cf "$archive/layer.tar" pause
  layer=$(sha256sum "$archive/layer.tar" | cut -d ' ' -f 1)
  echo '{"architecture": "'"$(dpkg --print-architecture)"'", "os": "linux",
    "config": {"Entrypoint": ["/pause"], "User": "65535:65535"},
    "rootfs": {"type": "layers", "diff_ids": ["sha256:'"$layer"'"]}}' >"$archive/config.json"
  echo '[{"Config": "config.json", "RepoTags": ["'"$pause_image"'"], "Layers": ["layer.tar"]}]' \
    >"$archive/manifest.json"
  tar -C "$archive" -cf - manifest.json config.json layer.tar
  rm -rf "$archive"
}

# bridge: makes the pods' bridge with the API server's address. The network plugin takes the bridge as it finds it.
bridge() {
  # Without a hardware address of its own, the bridge has that of one of its ports, which changes when pods come and
  # go: connections to the API server would time out until the pods have asked for the new one.
  inside ip link add pods address 02:00:00:00:00:01 type bridge
  inside ip address add "$service_address/24" dev pods
  inside ip link set pods up
}

### Commands

load() {
  for image in "$@"; do docker save "$image" | ctr images import - >>"$e/log" 2>&1; done
}

up() {
  [ "$(id -u)" = 0 ] || fail "root is needed to create namespaces"
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] || fail "Kubernetes $version needs control groups version 1"
  install openssl openssl
  install ip iproute2
  install ps procps
  install docker-registry docker-registry
  build
  is_held || {
    [ ! -d "$e" ] || down
    mkdir -p "$e/logs"
    echo kubernetes >"$e/kind"
    control_groups make_group
    hold
    connect
    bridge
    registries
    configure
  }
  start_part containerd
  start_part etcd
  start_part kube-apiserver
  for part in kube-controller-manager kube-scheduler kubelet; do start_part "$part"; done
  pause_archive | ctr images import - >>"$e/log" 2>&1
  load busybox:latest debian:bookworm-slim
  log "$instance: $(kubectl version --short 2>/dev/null | tail -n 1), containerd $(containerd_version)"
  echo "KUBECONFIG=$secrets/admin.kubeconfig"
  echo "SANDBOX_REGISTRY=$registry/junit-sandbox"
}

containerd_version() { ctr version | awk '/^Server/ { server = 1 } server && /Version/ { print $2 }'; }

# cut_off SECONDS: by the interface inside. With the one outside, the machine would send the packets elsewhere. The cut
# ends although this script may be killed.
cut_off() {
  inside ip link set eth0 down
  daemon cut sh -c "sleep $1; ip link set eth0 up"
  await "end of the cut" "$(($1 + 30))" joined
}

joined() { inside ip -brief link show eth0 | grep -q UP; }

# account NAMESPACE NAME: prints a kubeconfig
account() {
  kubectl get namespace "$1" >/dev/null 2>&1 || kubectl create namespace "$1" >&2
  kubectl --namespace "$1" get serviceaccount "$2" >/dev/null 2>&1 ||
    kubectl --namespace "$1" create serviceaccount "$2" >&2
  await "token of the service account $2" 30 token "$1" "$2"
  kubeconfig "$(token "$1" "$2")" "$1"
}

token() {
  secret=$(kubectl --namespace "$1" get serviceaccount "$2" --output 'jsonpath={.secrets[0].name}')
  [ -n "$secret" ] && kubectl --namespace "$1" get secret "$secret" --output 'jsonpath={.data.token}' | base64 -d
}

down() {
  if [ ! -d "$e" ]; then
    log "nothing to delete: $(no_instance)"
    return 0
  fi
  end_holder
  # They go with the namespace, but some time after its last process.
  ip link delete "$interface" 2>/dev/null || true
  # A group whose last process is about to end cannot be removed yet.
  await "end of its control groups" 20 control_groups remove_group
  delete_instance
}

command=${1:-}
instance=${2:-kubernetes}
e=$engines/$instance
secrets=$e/secrets
# shellcheck disable=SC2031
path_inside=/run/cluster/programs/bin:/run/cluster/programs/usr/bin:/run/cluster/programs/usr/sbin:$PATH
cgroup=junit-sandbox-cluster-$checkout-$instance
# An interface's name may have 15 characters, and this one, its address and the registry's port must differ from those
# of other instances.
hash=$(echo "$checkout-$instance" | md5sum)
interface=jsk$(echo "$hash" | cut -c 1-8)
subnet=10.199.$(($(printf %d "0x$(echo "$hash" | cut -c 1-2)") % 250 + 2))
registry=127.0.0.1:$(($(printf %d "0x$(echo "$hash" | cut -c 1-3)") + 24000))
host_address=$subnet.1
server_address=$subnet.2
case $command in
  build | up | down) ;;
  *)
    [ $# -ge 2 ] || usage
    require_held
    shift 2
    ;;
esac
case $command in
  build) build ;;
  up) up ;;
  load) load "$@" ;;
  kubectl) kubectl "$@" ;;
  stop) stop_part "$1" "${2:-TERM}" ;;
  start) start_part "$1" ;;
  cut) cut_off "$1" ;;
  account) account "$@" ;;
  run) inside "$@" ;;
  down) down ;;
  *) usage ;;
esac
