# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154
# What engines.sh and cluster.sh have in common: places, messages, packages, the end of an instance. Both read it with
# "."; they set $instance, the instance's name, and $e, its directory.

directory=${JUNIT_SANDBOX_ENGINES:-/var/lib/junit-sandbox-engines}
cache=$directory/.cache
# Short, as an engine's sockets lie below it, and a socket's path may have 107 bytes.
checkout=$(cd "$(dirname "$0")/../../.." && pwd | md5sum | cut -c 1-6)
engines=$directory/$checkout

log() { echo "$(basename "$0" .sh): $*" >&2; }
fail() { log "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# usage: prints the header's list of commands
usage() { sed -n 's/^#   /  /p' "$0" >&2; exit 2; }

# install COMMAND PACKAGE…: installs the packages unless the command exists
install() {
  if have "$1"; then return 0; fi
  shift
  log "installing $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" \
    >/dev/null
}

# mirror: prints the address of the mirror that this machine's packages come from
mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" "Codename: bookworm" "Component: main" | head -n 1
}

# apt_options DIRECTORY: prints the options by which apt-get uses lists and archives of its own below the directory,
# which it makes. The file sources.list there names the sources.
apt_options() {
  mkdir -p "$1/lists/partial" "$1/archives/partial" "$1/debs"
  echo "-qq -o Dir::State::Lists=$1/lists -o Dir::Etc::SourceList=$1/sources.list -o Dir::Etc::SourceParts=/dev/null
    -o Dir::State::status=/dev/null -o Dir::Cache=$1 -o APT::Sandbox::User=root -o Acquire::Languages=none"
}

# apt_source KIND SUITE: prints a line of sources.list, for "deb" or "deb-src"
apt_source() { echo "$1 [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) $2 main"; }

# is_held: succeeds while the process that was started for the instance's namespaces exists, not a later one with its id
is_held() { [ -s "$e/holder" ] && [ "$(readlink "/proc/$(holder)/ns/pid")" = "$(cut -d ' ' -f 2 "$e/holder")" ]; }

holder() { cut -d ' ' -f 1 "$e/holder" 2>/dev/null; }

# namespace: prints the number of the instance's process namespace
namespace() { readlink "/proc/$(holder)/ns/pid" | tr -dc 0-9; }

# processes: prints how many processes of which name the instance has
processes() {
  ps -eo pidns=,comm= | awk -v namespace="$(namespace)" '$1 == namespace { print $2 }' | sort | uniq -c | xargs
}

# await WHAT SECONDS COMMAND…: waits until the command succeeds
await() {
  what=$1
  seconds=$2
  deadline=$(($(date +%s) + seconds))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -le "$deadline" ] || {
      tail -n 20 "$e/log" >&2
      fail "$instance: no $what within $seconds s. Its processes: $(processes). The end of its log is above."
    }
    sleep 0.1
  done
}

# end_holder: ends all processes of the instance
end_holder() {
  if is_held; then
    pid=$(holder)
    kill -KILL "$pid"
    await "end of its processes" 60 test ! -d "/proc/$pid"
  fi
}

# delete_instance: deletes its files
delete_instance() {
  # Renames before it deletes: an interrupted deletion does not leave half an instance.
  rm -rf "$engines/.$instance"
  mv "$e" "$engines/.$instance"
  rm -rf "$engines/.$instance"
  rmdir --ignore-fail-on-non-empty "$engines"
}

instances() { [ ! -d "$engines" ] || ls "$engines"; }

no_instance() { echo "no instance '$instance'; there are: $(instances | xargs)"; }

# require_held: fails unless the instance has its namespaces
require_held() {
  [ -d "$e" ] || fail "$(no_instance)"
  is_held ||
    fail "$instance has no namespaces any more, perhaps after a restart of the machine: $(basename "$0") down $instance"
}
