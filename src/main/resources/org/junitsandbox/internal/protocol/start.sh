# Starts the supervisor in a copy of its shell that can be executed but not read. Of a process with such a program the
# kernel gives memory, descriptors and tracing to nobody without the right for it: no command can stop PID 1 as a
# debugger does, read the session's nonce from it, speak in the client's place, or hold its stdin open beyond the
# client's end. Where a copy cannot be made or does not run, the supervisor does without.
#
# $0 is the shell, $1 the directory in which a worker starts, $2 the supervisor. It gets the copy's directory as its $2.
for place in "$1" /tmp; do
  copy=$place/.sandbox
  shell=$copy/${0##*/}
  if { mkdir -m 700 "$copy" && (umask 0666 && exec cp "$0" "$shell") && "$shell" -c :; } 2>/dev/null; then
    exec "$shell" -c "$2" "$0" "$1" "$copy"
  fi
  rm -rf "$copy"
done
exec "$0" -c "$2" "$0" "$1" ''
