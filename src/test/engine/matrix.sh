#!/bin/sh
# Runs the integration tests against engines of several kinds, one after the other, and prints a table of the results.
#
#   matrix.sh [--suite all|core] KIND… [-- MAVEN ARGUMENT…]
#
# A KIND is one that engines.sh can start, or "main", the engine that the environment points at; --all means all kinds
# of engines.sh. The suite "core" consists of the conformance, attack, fault, residue and evidence tests. On
# "kubernetes", "core" consists of the conformance, attack, residue and evidence tests, those of pools and those about
# clusters; "all" leaves out what is about Docker alone. The reports and the log of each kind are in
# target/matrix/KIND. The exit code is not zero if a test failed or an engine did not start; it is 130 if the script was
# stopped before that.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
reports=target/failsafe-reports
results=target/matrix
table=$results/table.md

usage() { sed -n 's/^#   /  /p' "$0" >&2; exit 2; }

suite=all
kinds=
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=${2:-}; shift ;;
    --all) kinds=$("$here/engines.sh" kinds) ;;
    --) shift; break ;;
    -*) usage ;;
    *) kinds="$kinds $1" ;;
  esac
  shift
done
[ -n "$kinds" ] || usage
case $suite in
  # The tests of the build do not use the engine.
  all) tests="*IT,!ReproducibleBuildIT,!ReleaseIT" ;;
  core)
    tests="ConformanceIT,*AttackIT,*FaultIT,Residue*IT,OwnDescriptionsIT"
    # What a command did.
    tests="$tests,Usage*IT,NetworkUsageIT,LeftBehind*IT,FileListingIT,Changes*IT,StaysInsideIT,TrialIT,Transcript*IT"
    tests="$tests,ConsoleIT,KilledTestIT"
    ;;
  *) usage ;;
esac

# The tests that run on a cluster.
case $suite in
  all)
    # Left out are the tests of Docker's API, engines and images, those that strike an engine or a connection of
    # Docker's, those of the build and of its reports, and the long ones of all files of the corpus.
    on_cluster="$tests,!Docker*IT,!EngineSearchIT,!EngineStrategyIT,!OddEngineIT,!Tls*IT,!OrphansIT,!FirstRunIT"
    on_cluster="$on_cluster,!ImageChangesIT,!PublishedImagesIT,!PulledImagesIT,!ProgressIT"
    on_cluster="$on_cluster,!CallerFaultIT,!ConnectionFaultIT,!ContainerFaultIT,!DiskFaultIT,!EngineFaultIT"
    on_cluster="$on_cluster,!SurefireReportIT,!ArchivesAndTextIT,!DocumentsIT,!PicturesIT"
    ;;
  core)
    on_cluster='Kubernetes*IT,LeftPodsIT,PodAttachmentIT,PodJobsIT,ConformanceIT,ShellStateIT,SandboxPoolIT'
    on_cluster="$on_cluster,SharedPoolIT,UsageIT,UsageCoverageIT,NetworkUsageIT,FileListingIT,ChangesIT,Transcript*IT"
    on_cluster="$on_cluster,ConsoleIT,KilledTestIT,StaysInsideIT,ChangeAssertIT,ShellAssertIT,ResidueIT,RecyclingIT"
    on_cluster="$on_cluster,AttackIT,OwnDescriptionsIT"
    ;;
esac

# options KIND: prints Maven options for an engine that cannot do everything that the library promises
options() {
  case $1 in
    # With control groups version 1, only root can create them.
    *-rootless) [ -f /sys/fs/cgroup/cgroup.controllers ] || echo -Dsandbox.limitCheck=warn ;;
    # With user namespaces, the engine refuses the host's network.
    docker-userns) echo -Dsandbox.setup.network=bridge ;;
    # With gVisor, the files in a container do not show its limits.
    docker-runsc) echo -Dsandbox.limitCheck=warn ;;
    # Pods always have a network, and a node of two CPUs could not promise many of them the one that each may use.
    kubernetes)
      echo -Dsandbox.engine=kubernetes -Dsandbox.kubernetes.networkCutImage=busybox:latest
      echo -Dsandbox.kubernetes.cpuRequest=10m
      # Fault suites strike the one cluster that all tests use.
      echo -Dsandbox.test.forks=1
      # shellcheck disable=SC2086,SC2016
      env $environment sh -c 'echo "-Dsandbox.registry=$SANDBOX_REGISTRY"'
      ;;
  esac
}

# cells DIRECTORY: prints the numbers of tests that ran, passed, failed and were skipped; then those that did not pass
cells() {
  cat "$1"/TEST-*.xml 2>/dev/null | awk '
    function attribute(name, found) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      found = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
      gsub(/(&#10;|[ \n])+/, " ", found)
      sub(/^ /, "", found)
      gsub(/&quot;/, "\"", found); gsub(/&apos;/, "\047", found); gsub(/&lt;/, "<", found); gsub(/&gt;/, ">", found)
      gsub(/&amp;/, "\\&", found)
      return found
    }
    function note(verdict, message) {
      message = substr(attribute("message"), 1, 500)
      names = names "\n- " verdict ": " test ": " message
      open = message == ""
    }
    BEGIN { RS = "<" }
    /^testcase / {
      run++
      test = attribute("classname") "." attribute("name")
      sub(/^.*\.junitsandbox\.([a-z]+\.)*/, "", test)
    }
    /^skipped/ { skipped++; note("skipped") }
    /^(failure|error) / { failed++; note("failed") }
    # Without a message attribute, the message is the start of the stack trace.
    /^!\[CDATA\[/ && open { sub(/^!\[CDATA\[([A-Za-z0-9.$]+: )?/, ""); sub(/\n.*/, ""); names = names $0; open = 0 }
    END { printf "%d | %d | %d | %d%s\n", run, run - failed - skipped, failed, skipped, names }'
}

# identify: sets the version and the runtime of the kind that was started
identify() {
  case $kind in
    kubernetes)
      version=$("$here/cluster.sh" kubectl "$kind" get node \
        --output 'jsonpath={.items[0].status.nodeInfo.kubeletVersion}')
      runtime=runc
      ;;
    *)
      # shellcheck disable=SC2086
      version=$(env $environment docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}}')
      # shellcheck disable=SC2086
      runtime=$(env $environment docker info --format '{{.DefaultRuntime}}')
      ;;
  esac
}

# run KIND: runs the tests; appends a row to the table, and the tests that did not pass to the notes
run() {
  kind=$1
  shift
  kept=$results/$kind
  rm -rf "$kept" "$reports"
  mkdir -p "$kept"
  started=$(date +%s)
  environment=
  instance=
  if [ "$kind" != main ] && ! environment=$("$here/engines.sh" up "$kind" 2>"$kept/engine.log"); then
    echo "| $kind | did not start: $(tail -n 1 "$kept/engine.log") | | | | | | |" >>"$table"
    "$here/engines.sh" down "$kind"
    return 1
  fi
  [ "$kind" = main ] || instance="-Dsandbox.test.engine=$kind -Dsandbox.test.instance=$kind"
  identify
  echo "matrix: $kind, version $version, runtime $runtime" >&2
  outcome=passed
  selected=$tests
  [ "$kind" != kubernetes ] || selected=$on_cluster
  # shellcheck disable=SC2086,SC2046
  env $environment mvn -B failsafe:integration-test failsafe:verify "-Dit.test=$selected" \
    -Dfailsafe.failIfNoSpecifiedTests=false $instance $(options "$kind") "$@" >"$kept/log" 2>&1 ||
    outcome=failed
  [ "$kind" = main ] || "$here/engines.sh" down "$kind"
  [ ! -d "$reports" ] || mv "$reports" "$kept/reports"
  cells "$kept/reports" >"$kept/cells"
  case $(head -n 1 "$kept/cells") in *" | 0 | 0 | "*) outcome="no test ran" ;; esac
  minutes=$((($(date +%s) - started + 30) / 60))
  echo "| $kind | $version | $runtime | $suite | $(head -n 1 "$kept/cells") | $outcome | $minutes |" >>"$table"
  sed 1d "$kept/cells" | sed "s/^- /- $kind, /" >>"$results/notes.md"
  [ "$outcome" = passed ]
}

# stop: ends the engine, and says which tests had failed in the classes that have ended
stop() {
  [ "$kind" = main ] || "$here/engines.sh" down "$kind"
  [ "$verdict" = 0 ] || exit "$verdict"
  cells "$reports" | grep '^- failed: ' && exit 1
  exit 130
}

mkdir -p "$results"
: >"$results/notes.md"
{
  echo "| engine | version | runtime | suite | run | passed | failed | skipped | result | minutes |"
  echo "|---|---|---|---|---|---|---|---|---|---|"
} >"$table"
mvn -q -B test-compile
verdict=0
kind=main
trap stop INT TERM
for kind in $kinds; do
  run "$kind" "$@" || verdict=1
done
echo
cat "$table"
echo
cat "$results/notes.md"
exit $verdict
