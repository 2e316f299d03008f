# PID 1 of a sandbox. It reads requests from the container's stdin and hands commands to a worker shell. As PID 1 it can
# neither be killed nor stopped by them. $0 is the worker shell's program, $1 the directory in which it starts, $2 what
# start.sh has left to be removed.
#
# Requests, one line each:
#   run ID STATUS INPUT LINES WORD  runs WORD, one quoted shell word; if it has more LINES than one, they all come after
#                                   this line. "$?" is STATUS at its start; STATUS "-" marks a command of the library's
#                                   own, which "set -e" does not concern. Its stdin is what the last "data INPUT"
#                                   brought, with "-" nothing. Answers "end ID status" on stdout, "end ID directory" on
#                                   stderr.
#   kill ID                         kills every other process, then answers "killed ID" on both streams
#   ping ID                         starts a worker where there is none, then answers "pong ID" on both streams
#   data SLOT BLOCKS REST           BLOCKS * 64 KiB + REST bytes follow and are kept for a "run"; answers "data STATUS"
#   drop                            forgets all that "data" brought
#   oom                             answers "oom COUNT": the processes killed by the memory limit so far
#   end of file                     kills every other process and leaves
#
# Said unasked: "found TEXT", before anything else: what limits and isolation hold here. "exit STATUS" when the worker
# ended, "gone ID" when it turns out at "ping ID" that it or its watcher was killed and no status is known, "renewed"
# when that turns out before a "run", which then has a new worker.
#
# An answer is 0x1e, the session's nonce, a space, the text, 0x1e. The first line of stdin has the nonce, so that
# neither the container's configuration nor a process list shows it, and a name for what is kept in /dev/shm, where all
# can see it.
#
# Descriptors: 5 is the worker's source text, 7 and 8 are the container's stdout and stderr. Commands get none of them.

home=$1
newline='
'
exec 7>&1 8>&2 >/dev/null 2>&1

# What the kernel says of this container. No command has run yet, so that it can be believed; it costs next to nothing,
# as the client is still busy with the start, and builtins do it all: one fork takes longer. Its last line is "end":
# without, it was too long for one answer.
found=
note() { found="$found$*$newline"; }
while read -r device target type options rest; do
  case $type:$target in
    proc:* | sysfs:* | cgroup*:* | devpts:* | mqueue:* | devtmpfs:* | *:/proc/* | *:/sys/*) continue ;;
  esac
  # A file that cannot be written to is no place to write to, whatever its file system allows.
  [ -e "$target" ] && [ ! -d "$target" ] && [ ! -w "$target" ] && continue
  note mount "$target" "$type" "${options%%,lowerdir=*}"
done </proc/mounts
while read -r key value; do
  case $key in Uid: | Gid: | Cap*: | NoNewPrivs: | Seccomp:) note "$key" "$value" ;; esac
done </proc/self/status
# Of a process that its own user may trace, that user may read this.
if [ -r /proc/self/environ ]; then note traceable yes; else note traceable no; fi
while read -r key value; do
  case $key in SwapTotal:) note "$key" "$value" && break ;; esac
done </proc/meminfo
while read -r key rest; do
  case $key in *:*) note net "${key%%:*}" ;; esac
done </proc/net/dev
# With a cgroup namespace of its own, or with version 1, a container sees its limits at the root of the hierarchy;
# otherwise under its group's path.
while IFS=: read -r number controllers path; do
  case $controllers in
    '') files='memory.max memory.swap.max cpu.max pids.max' ;;
    memory) files='memory.limit_in_bytes memory.memsw.limit_in_bytes' ;;
    cpu | cpu,cpuacct | cpuacct,cpu) files='cpu.cfs_quota_us cpu.cfs_period_us' ;;
    pids) files=pids.max ;;
    *) continue ;;
  esac
  for file in $files; do
    read -r value <"/sys/fs/cgroup/$controllers$path/$file" || read -r value <"/sys/fs/cgroup/$controllers/$file" || continue
    note "$file" "$value"
  done
done </proc/self/cgroup

rm -rf "$2"
IFS=' ' read -r nonce kept || exit
kept=/dev/shm/.$kept
cd "$home" || cd /
unset OLDPWD
export HOME="$PWD"
# Bytes are bytes here, and what "dd" says is English, whatever the image says; the worker gets the image's setting
# back.
locale=${LC_ALL-unset}
export LC_ALL=C

say() { printf '\036%s %s\036' "$nonce" "$1" >&7; }
say_both() {
  say "$1"
  printf '\036%s %s\036' "$nonce" "$1" >&8
}
give_up() {
  echo "sandbox: $1" >&8
  exit 70
}

# A new pipe each time, so that no text meant for a dead worker reaches the next one.
start_worker() {
  mkfifo "$kept.fifo" && exec 5<>"$kept.fifo" && rm -f "$kept.fifo" "$kept.ended" || give_up 'mkfifo in /dev/shm failed'
  {
    case $locale in unset) unset LC_ALL ;; *) LC_ALL=$locale ;; esac
    # When memory runs out, the worker and its commands die before this script does. Its own stderr is not the
    # container's: "set -v" would show our source text there. The subshell, as a shell that waits for a program says
    # "Killed" where that program's stderr is.
    (exec "$0" -c 'echo 500 >/proc/self/oom_score_adj; exec "$0"' "$0" <&5 5>&- >&7)
    status=$?
    printf '' >"$kept.ended"
    say "exit $status"
  } &
  worker=$!
}

# Ends when no process but this one is left; "jobs" reaps the dead.
kill_others() {
  while kill -9 -1; do jobs; done
}

# Copies $1 blocks and $2 bytes from stdin to stdout, and not one more from stdin.
take_in() {
  [ "$1" = 0 ] || dd bs=65536 count="$1" iflag=fullblock || return
  [ "$2" = 0 ] || dd bs="$2" count=1 iflag=fullblock
}

# Reads what a failed take_in has left, so that it is not taken for requests. In $said is how many records each "dd"
# took in.
drop_rest() {
  case $said in
    *' records in'*' records in'*) ;;
    *' records in'*)
      taken=${said%%+[01]' records in'*}
      taken=${taken##*"$newline"}
      [ "$1" = 0 ] || take_in "$(($1 - taken))" "$2" >/dev/null
      ;;
    *) take_in "$1" "$2" >/dev/null ;;
  esac
}

# A watcher that was killed could not say "exit". What it watched may live on: that ends too. $1 is what to say then.
ensure_worker() {
  # A watcher that is about to say "exit" or has just said it is no longer one: a command sent now would get lost. It is
  # looked at again and again, as the mark may be a command's own, and to wait for the watcher would then take for ever.
  jobs
  if [ -e "$kept.ended" ]; then
    looks=0
    while kill -0 "$worker" && [ "$looks" -lt 50000 ]; do
      looks=$((looks + 1))
      jobs
    done
    kill_others
  fi
  if ! kill -0 "$worker"; then
    kill_others
    say "$1"
    start_worker
  fi
}

{
  printf '\036%s found %sopenFiles ' "$nonce" "$found"
  ulimit -Hn
  printf 'core '
  ulimit -Hc
  printf 'end\036'
} >&7
# In busybox, an error in a subshell makes that subshell go on behind the command, in the worker's place. It is no such
# task there, and ends with that error instead.
guard=
case $(\command eval '(: </nonexistent/)'; echo on) in
  on) ;;
  *) guard=" <\"/proc/self/task/\$\$/stat\" || \\command exit 2" ;;
esac

# After some errors, "exit 1 2" for one, bash leaves out the rest of a line and goes on with the next: the end is said
# there, too.
again=
[ -z "${BASH_VERSION-}" ] || again=yes

start_worker
while IFS=' ' read -r verb id status input lines word; do
  case $verb in
    run)
      ensure_worker renewed
      case $input in -) input=/dev/null ;; *) input=$kept.$input ;; esac
      if [ "$lines" -gt 1 ]; then
        IFS= read -r word || exit
        while [ "$lines" -gt 1 ]; do
          IFS= read -r line || exit
          word=$word$newline$line
          lines=$((lines - 1))
        done
      fi
      # The worker parses all of this before it runs any of it. The empty line clears what a syntax error leaves behind
      # in bash's parser. What our own part writes, for a trace (set -x) or a DEBUG trap, leads nowhere.
      command="\\command eval $word <$input >&7 2>&8 7>&- 8>&-"
      end="\\command printf '\\036$nonce end $id %d\\036' \"\$?\" >&7$guard
\\command printf '\\036$nonce end $id %s\\036' \"\${PWD-}\" >&8"
      case $status in
        0) line="{ $command; $end; }" ;;
        -) line="if $command; then $end; else $end; fi" ;;
        *) line="{ (\\command exit $status) || $command; $end; }" ;;
      esac
      printf '\n%s >/dev/null 2>&1\n' "$line" ${again:+"{ $end; }"} >&5
      ;;
    ping)
      ensure_worker "gone $id"
      say_both "pong $id"
      ;;
    kill)
      kill_others
      start_worker
      say_both "killed $id"
      ;;
    data)
      slot=$id blocks=$status rest=$input
      rm -f "$kept.$slot" </dev/null
      # Opened to be read, too, a pipe that a command has put there does not make it wait; and into one nothing is
      # written.
      said=$({ [ -f /proc/self/fd/1 ] && take_in "$blocks" "$rest" 2>&3; } 3>&1 4<>"$kept.$slot" 1>&4 4>&- 5>&- 7>&- 8>&-)
      status=$?
      # One that is missing or was killed did not tell what it took in.
      [ "$status" -lt 126 ] || give_up "dd took no input in, its exit status is $status"
      [ "$status" = 0 ] || drop_rest "$blocks" "$rest" || give_up 'dd did not read the rest of an input'
      say "data $status"
      ;;
    drop) rm -f "$kept.in" "$kept.next" "$kept.text" </dev/null ;;
    oom)
      count=0
      for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
        [ -r "$file" ] && while read -r key value; do
          [ "$key" = oom_kill ] && count=$value
        done <"$file"
      done
      say "oom $count"
      ;;
    *) give_up "no such request: $verb" ;;
  esac
done
kill_others
