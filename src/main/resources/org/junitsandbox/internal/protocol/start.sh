# Starts the supervisor in a copy of its shell that can be executed but not read. Of a process with such a program the
# kernel gives memory, descriptors and tracing to nobody without the right for it: no command can stop PID 1 as a
# debugger does, read the session's nonce from it, speak in the client's place, or hold its stdin open beyond the
# client's end. Where a copy cannot be made or does not run, the supervisor does without.
#
# $0 is the shell, $1 the directory in which a worker starts, $2 the supervisor. It gets the copy's directory as its $2.
# There are no variables here, as each could be one of the environment.
start_from() {
  if { mkdir -m 700 "$1" && (umask 0666 && exec cp "$0" "$1/${0##*/}") && "$1/${0##*/}" -c :; } 2>/dev/null; then
    exec "$1/${0##*/}" -c "$3" "$0" "$2" "$1"
  fi
  rm -rf "$1"
}
start_from "$1/.sandbox" "$1" "$2"
start_from /tmp/.sandbox "$1" "$2"
exec "$0" -c "$2" "$0" "$1" ''
