#!/bin/sh
# Runs the Kubernetes example as a Job inside a cluster of cluster.sh, with no rights but those of its rbac.yaml, and
# checks that nothing is left. Then tests in a pod have 8 sandboxes when their JVM is killed by SIGKILL, and when their
# pod is deleted: what is left of them ends and is deleted.
#
#   in-cluster.sh [INSTANCE]
#
# Without an instance, it starts one for itself and takes it down in the end. The exit code is then 130 if it was
# stopped. The example is taken as "mvn -B verify -Pexamples" leaves it, in target/examples/kubernetes, and the program
# that opens the sandboxes from target/test-classes.
set -eu

# shellcheck source=SCRIPTDIR/common.sh
. "$(dirname "$0")/common.sh"

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
cluster=$here/cluster.sh
instance=${1:-in-cluster}
example=target/examples/kubernetes
image=example/tests:latest
namespace=sandboxes
sandboxes=8

kubectl() { "$cluster" kubectl "$instance" --namespace "$namespace" "$@"; }

ended() { kubectl get job sandbox-tests --output 'jsonpath={.status.conditions[*].type}'; }

# within SECONDS WHAT COMMAND…: waits until the command succeeds
within() {
  deadline=$(($(date +%s) + $1))
  what=$2
  shift 2
  until "$@"; do
    [ "$(date +%s)" -le "$deadline" ] || {
      kubectl get pods >&2
      fail "not in time: $what"
    }
    sleep 0.2
  done
}

# hold POD: starts a pod whose JVM opens the sandboxes and holds them, and waits for them. It goes on without the JVM.
hold() {
  kubectl create --filename - >&2 <<YAML
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  serviceAccountName: sandbox-tests
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  volumes: [{name: program, hostPath: {path: "$PWD/target/test-classes"}}]
  containers:
    - name: tests
      image: $image
      imagePullPolicy: Never
      volumeMounts: [{name: program, mountPath: /program, readOnly: true}]
      command:
        - sh
        - -c
        - |
          sleep infinity | java -cp '/program:/tests/lib/*' -Dsandbox.engine=kubernetes \\
            -Dsandbox.kubernetes.cpuRequest=10m -Dsandbox.limitCheck=warn \\
            org.junitsandbox.harness.ManySandboxesJvm $sandboxes &
          echo \$! >/tmp/jvm
          wait
          sleep infinity
YAML
  within 90 "$sandboxes sandboxes of pod $1" holds "$1"
  within 10 "a program in each of the $sandboxes sandboxes of pod $1" run_programs "$sandboxes"
}

# opened POD: prints the names of the sandboxes' pods, which the program prints
opened() { kubectl logs "$1" 2>/dev/null | grep '^junit-sandbox-'; }

holds() { [ "$(opened "$1" | wc -l)" = "$sandboxes" ]; }

# programs: prints how many of the sandboxes' programs run on the node, whatever the cluster knows of it
programs() {
  list=$("$cluster" run "$instance" ps -eo args=) || return
  printf '%s\n' "$list" | grep -cx 'sleep 1000' || true
}

run_programs() { [ "$(programs)" = "$1" ]; }

# are_gone POD…: whether none of the pods exists
are_gone() { names=$(kubectl get pods "$@" --ignore-not-found --output name) && [ -z "$names" ]; }

[ -d "$example/target/dependency" ] || fail "$example is not built: mvn -B verify -Pexamples"
[ $# -gt 0 ] || {
  trap '"$cluster" down "$instance"' EXIT
  trap 'exit 130' INT TERM
  "$cluster" up "$instance" >&2
}
# The base image has its packages from the machine's network.
docker build --quiet --network host --tag "$image" "$example" >&2
"$cluster" load "$instance" "$image"
kubectl delete namespace "$namespace" --ignore-not-found >&2
kubectl apply --filename "$example/rbac.yaml" --filename "$example/job.yaml" >&2
deadline=$(($(date +%s) + 300))
until [ -n "$(ended)" ]; do
  [ "$(date +%s)" -le "$deadline" ] || {
    kubectl get events >&2
    fail "the job has not ended within 300 s"
  }
  sleep 1
done
kubectl logs job/sandbox-tests --tail 100
[ "$(ended)" = Complete ] || fail "the job has ended as $(ended)"
left=$(kubectl get pods --selector '!job-name' --output name)
[ -z "$left" ] || fail "the job has left $left"

log "a JVM in a pod is killed"
hold killed
first=$(opened killed)
# shellcheck disable=SC2016
kubectl exec killed -- sh -c 'kill -KILL "$(cat /tmp/jvm)"'
within 5 "the end of all sandboxes of a killed JVM" run_programs 0
log "the next run deletes what it has left; then its own pod is deleted"
hold deleted
# shellcheck disable=SC2086
within 30 "the deletion of the pods of a killed JVM by the next run" are_gone $first
second=$(opened deleted)
kubectl delete pod deleted >&2
within 5 "the end of all sandboxes of a deleted pod" run_programs 0
# shellcheck disable=SC2086
within 30 "the deletion of the pods of a deleted pod by the cluster" are_gone $second
kubectl delete namespace "$namespace" >&2
