#!/bin/sh
# Runs the Kubernetes example as a Job inside a cluster of cluster.sh, with no rights but those of its rbac.yaml, and
# checks that nothing is left.
#
#   in-cluster.sh [INSTANCE]
#
# Without an instance, it starts one for itself. The example is taken as "mvn -B verify -Pexamples" leaves it, in
# target/examples/kubernetes.
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

kubectl() { "$cluster" kubectl "$instance" "$@"; }

ended() { kubectl --namespace "$namespace" get job sandbox-tests --output 'jsonpath={.status.conditions[*].type}'; }

[ -d "$example/target/dependency" ] || fail "$example is not built: mvn -B verify -Pexamples"
[ $# -gt 0 ] || {
  trap '"$cluster" down "$instance"' EXIT
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
    kubectl --namespace "$namespace" get events >&2
    fail "the job has not ended within 300 s"
  }
  sleep 1
done
kubectl --namespace "$namespace" logs job/sandbox-tests --tail 100
[ "$(ended)" = Complete ] || fail "the job has ended as $(ended)"
left=$(kubectl --namespace "$namespace" get pods --selector '!job-name' --output name)
[ -z "$left" ] || fail "the job has left $left"
kubectl delete namespace "$namespace" >&2
