# PID 1 of a sandbox. It reads requests from the container's stdin and hands commands to a worker shell. As PID 1 it can
# neither be killed nor stopped by them. $0 is the worker shell's program, $1 the directory in which it starts, $2 what
# start.sh has left to be removed.
#
# The first line of stdin is NONCE STORE [NEXT]: the session's nonce, so that neither the container's configuration nor
# a process list shows it; a name for what is kept in /dev/shm, where all can see it; the nonce after a clean-up.
#
# Requests, one line each:
#   setup - - - LINES TEXT          TEXT runs before WORD of the next "run", both in a subshell, and shows in no trace.
#                                   If it fails, that command does not begin, and has the messages of TEXT on its
#                                   stderr.
#   init - - - LINES WORD           WORD runs in each new worker before its first "run", from the next one on. If it
#                                   fails, that command does not begin, and has the messages of WORD on its stderr.
#   run ID STATUS INPUT LINES WORD  runs WORD, one quoted shell word, in the worker; "$?" is STATUS at its start. Its
#                                   stdin is what the last "data INPUT" brought, with "-" nothing. Says "begin ID" on
#                                   stderr, which has nothing older from there on, and "begin ID PID" on stdout: what
#                                   has not begun has not run. Answers "end ID status" on stdout, "end ID directory" on
#                                   stderr.
#   own ID PID INPUT LINES WORD     runs WORD in a child of this script, in the directory of the worker PID (with "-",
#                                   where workers start; with 0, in /): a command of the library's own, which nothing
#                                   reaches that users' commands have set. Answers like "run".
#                                   If there are more LINES than one, all of them come after the request's line. With 0
#                                   LINES, the word is what the last "data text" brought.
#   kill ID                         kills every other process, then answers "killed ID" on both streams
#   ping ID                         starts a worker where there is none, then answers "pong ID" on both streams
#   sync ID                         answers the last "own" if its command was killed, then "pong ID" on both streams;
#                                   ends and starts nothing
#   data SLOT BLOCKS REST           BLOCKS * 64 KiB + REST bytes follow and are kept for a command; answers "data
#                                   STATUS"
#   drop                            forgets all that "data" brought
#   oom                             answers "oom COUNT": the processes killed by the memory limit so far
#   usage TOKEN                     answers "usage TOKEN" and lines FILE KEY VALUE...: the kernel's counters as they are
#                                   now, see read_counters. No process is started for it: there may be none to be had.
#   recycle                         cleans the container, see below
#   end of file                     kills every other process and leaves
#
# Said unasked: "found TEXT", before anything else: what the kernel says of this container. "exit STATUS" when the
# worker ended, "gone ID" when it turns out at "ping ID" that it or its watcher was killed and no status is known,
# "renewed" when that turns out before a "run", which then has a new worker, or when "data" has ended all others.
#
# An answer is 0x1e, the session's nonce, a space, the text, 0x1e.
#
# "recycle" kills every other process, empties the places in memory that commands can write to, removes IPC objects if
# there is "ipcrm", and then answers "found TEXT" with NEXT in place of NONCE. No command knows NEXT, and none runs any
# more: that answer is this script's, and what comes before the first one with NEXT, on either stream, is older than the
# clean-up. If TEXT is what it was before the first command, but for the counters below, then the container is as clean
# as it was. Otherwise, or without an answer in time, the client removes it. It goes on with an empty line and a first
# line as above that begins with NEXT; until then all requests are ignored, as a command may have left some. Then there
# is a new worker, as at the beginning; "ping" shows on both streams that all is ready.
#
# TEXT is one line a fact, ended by "end"; without that, it was too long for one answer.
#   mount PLACE TYPE OPTIONS        what is mounted where commands might write to
#   nested PLACE PLACE              what is mounted below a place, so that nothing is emptied
#   place PLACE PERMISSIONS NAMES   a place that "recycle" empties: what its user may do there (r, w, x; k for sticky, O
#                                   for owned), and how many names are in it
#   KEY: VALUE                      of /proc/1/status; but for memory, signals and context switches
#   Max ..., openFiles, core        of /proc/1/limits, and two limits as the shell has them
#   scheduling PRIORITY NICE REALTIME POLICY; sched KEY : VALUE; autogroup; oom_score_adj; coredump_filter;
#   timerslack_ns; personality      of PID 1, or of its child where PID 1's cannot be read
#   fdinfo/N KEY: VALUE             the descriptions of stdin, stdout and stderr, with their locks
#   shm, sem, msg                   IPC objects of System V
#   keys, unix, packet, net         keys, sockets, and names of network interfaces
#   sockets TCP: inuse N tw N       and so on: how many there are
#   processes, descriptors          all processes; the descriptors of PID 1
#   memory.max, cpu.max, pids.max   and so on, limits of the control groups, under their names in version 1 or 2
#   traceable                       whether commands can trace PID 1
#   reopen                          whether each command has descriptions of its own of stdout and stderr
#   SwapTotal:                      swap of the machine, read once
# Counters, which may differ: memory.current or memory.usage_in_bytes (page cache), shmem (it may lag behind for some
# pages; what lies in no place but is still held shows here), oom_kill.
#
# Descriptors: 5 is the worker's source text, 7 and 8 are the container's stdout and stderr. Commands get none of them.
# A worker may keep them elsewhere, see "kind".

# What the environment holds is the commands', whatever its names. Here it is but text, so that none of this script's
# variables is ever theirs; of the programs that this script runs, each gets PATH alone.
set -f -- "$1" "$2" "$(export -p)"
IFS='
'
for line in $3; do
  case $line in
    'export '* | 'declare -x '*)
      line=${line#export }
      line=${line#declare -x }
      case ${line%%=*} in PATH | *[!A-Za-z0-9_]*) ;; *) \command unset -v "${line%%=*}" ;; esac
      ;;
  esac
done
set +f
blanks=' 	'
newline='
'
IFS=$blanks$newline
home=$1
environment=$3
cd "$home" || cd /
home=$PWD
[ -n "$environment" ] || environment=:
exec 7>&1 8>&2 >/dev/null 2>&1

give_up() {
  echo "sandbox: $1" >&8
  exit 70
}

# A new pipe for each worker, so that no text meant for a dead one reaches it.
pipe=/dev/shm/.fifo
make_pipe() { mkfifo "$pipe" && exec 5<>"$pipe"; }

# Makes one when no other process is left: its name is gone before one begins. $@ are to be removed with it. In their
# places may be directories of a command's whose content only a change of modes makes removable.
need_pipe() {
  make_pipe || { remove "$pipe" && make_pipe; } || give_up 'mkfifo in /dev/shm failed'
  remove "$pipe" "$@"
}
remove() { rm -rf "$@" || { chmod -R u+rwx "$@"; rm -rf "$@"; }; }

need_pipe "$2"

# Each command gets descriptions of its own of the container's stdout and stderr, so that what it does to one
# (O_NONBLOCK, for example) is not done to those of later commands and of this script. A runtime may refuse that.
stdout=/proc/$$/fd/7
stderr=/proc/$$/fd/8
reopen=no
[ -p "$stdout" ] && \command : >"$stdout" && [ -p "$stderr" ] && \command : >"$stderr" && reopen=yes

# Whether they can be opened now. A pipe's mode is the user's to change: "cp -p" gives /dev/stdout that of a file.
can_reopen() { [ "$reopen" = yes ] && [ -w "$stdout" ] && [ -w "$stderr" ]; }

# With a cgroup namespace of its own, or with version 1, a container sees its limits at the root of the hierarchy;
# otherwise under its group's path.
groups= counters='/proc/net/snmp /proc/net/snmp6 /proc/net/if_inet6 /proc/net/dev'
find_in_group() {
  for name; do
    for file in "/sys/fs/cgroup/$controllers$path/$name" "/sys/fs/cgroup/$controllers/$name"; do
      [ -r "$file" ] && paths="$paths $file" && break
    done
  done
}
while IFS=: read -r number controllers path; do
  counted=
  case $controllers in
    '')
      files='memory.max memory.swap.max memory.current memory.stat memory.events cpu.max pids.max'
      counted='cpu.stat memory.peak memory.events pids.events'
      ;;
    memory)
      files='memory.limit_in_bytes memory.memsw.limit_in_bytes memory.usage_in_bytes memory.stat memory.oom_control'
      counted='memory.max_usage_in_bytes memory.limit_in_bytes memory.failcnt memory.memsw.failcnt memory.oom_control'
      ;;
    cpuacct) files= counted='cpuacct.usage cpuacct.usage_user cpuacct.usage_sys' ;;
    cpu | cpu,cpuacct | cpuacct,cpu)
      files='cpu.cfs_quota_us cpu.cfs_period_us'
      counted='cpuacct.usage cpuacct.usage_user cpuacct.usage_sys cpu.stat'
      ;;
    pids) files=pids.max counted=pids.events ;;
    *) continue ;;
  esac
  paths=$groups
  find_in_group $files
  groups=$paths
  paths=$counters
  find_in_group $counted
  counters=$paths
done </proc/self/cgroup

# Sets $text to the lines of all counters that can be read. A file is read once more where a signal came meanwhile, as
# that may have ended "read"; where one came each time, "disturbed FILE" stands for it. "read" takes bytes one by one:
# what is not needed of a long file is not read.
read_counters() {
  text=
  for file in $counters; do
    [ -r "$file" ] || continue
    looks=0
    while
      woken= lines=
      while read -r key line; do
        case ${file##*/}:$key in
          snmp:Ip: | snmp:Tcp: | cpu.* | cpuacct.* | memory.* | pids.*) ;;
          snmp6:Ip6OutNoRoutes | if_inet6:* | snmp:Udp:) ;;
          dev:*:*) ;;
          *) continue ;;
        esac
        lines="$lines${file##*/} $key $line$newline"
        case $lines in
          *6OutNoRoutes* | if_inet6* | 'snmp '*Udp:*Udp:*) break ;;
        esac
      done <"$file"
      [ -n "$woken" ] && [ "$looks" -lt 100 ]
    do looks=$((looks + 1)); done
    [ -z "$woken" ] || lines="disturbed ${file##*/}$newline"
    text=$text$lines
  done
}

note() { found="$found$*$newline"; }

# Sets $programs to whether the programs that this script runs can be none that a command has made.
look_for_programs() {
  case $PATH in :* | *: | *::*) programs=open ;; *) programs=fixed ;; esac
  IFS=:
  set -f
  set -- $PATH
  set +f
  IFS=$blanks$newline
  for entry; do
    case $entry/ in [!/]* | */../* | */./*) programs=open ;; esac
    for place in $places; do
      case $entry/ in "$place"/*) programs=open ;; esac
    done
  done
}

# Sets $left to how many names there are in directory $1.
count_left() {
  set -- "$1"/* "$1"/.[!.]* "$1"/..?*
  left=0
  for file; do [ -e "$file" ] || [ -L "$file" ] && left=$((left + 1)); done
}

# Notes what the kernel says of this container. No other process is left or has begun yet, so that it can be believed.
look() {
  found=
  set -- /proc/self/mounts "/proc/$$/status" "/proc/$$/limits" "/proc/$$/stat" "/proc/$$/sched" "/proc/$$/autogroup" \
    "/proc/$$/oom_score_adj" /proc/self/coredump_filter /proc/self/timerslack_ns /proc/self/personality \
    /proc/self/fdinfo/0 /proc/self/fdinfo/7 /proc/self/fdinfo/8 /proc/sysvipc/shm /proc/sysvipc/sem /proc/sysvipc/msg \
    /proc/keys /proc/net/dev /proc/net/sockstat /proc/net/sockstat6 /proc/net/unix /proc/net/packet $groups
  # One program is quicker than "read", which takes bytes one by one.
  text=$(head -n 9999 "$@")
  case $text in
    '==> '*) ;;
    *)
      for file; do
        text="$text==> $file <==$newline"
        [ -r "$file" ] && while IFS= read -r line; do text="$text$line$newline"; done <"$file"
      done
      ;;
  esac
  places=
  set -f
  IFS=$newline
  set -- $text
  IFS=$blanks
  for line; do
    case $line in
      '==> '*)
        set -- $line
        file=$2
        lines=0
        continue
        ;;
    esac
    case $file in
      */status)
        case $line in
          Vm* | Rss* | Huge* | *voluntary* | State* | FDSize* | Sig* | ShdPnd* | Mems_allowed:*) continue ;;
        esac
        set -- $line
        ;;
      */limits) set -- $line ;;
      */sched)
        case $line in *slice* | uclamp* | policy*) set -- sched $line ;; *) continue ;; esac
        ;;
      */memory.stat)
        case $line in 'shmem '*) set -- $line ;; *) continue ;; esac
        ;;
      */mounts)
        set -- $line
        # What lies in a place that is emptied may be anybody's if it is mounted there.
        for place in $places; do
          case $2 in "$place"/*) note nested "$place" "$2" ;; esac
        done
        case $3:$4 in
          tmpfs:rw* | mqueue:rw*) [ -d "$2" ] && [ -w "$2" ] && places="$places $2" ;;
        esac
        case $3:$2 in
          proc:* | sysfs:* | cgroup*:* | devpts:* | mqueue:* | devtmpfs:* | *:/proc/* | *:/sys/*) continue ;;
        esac
        # A file that cannot be written to is no place to write to, whatever its file system allows; nor is what lies
        # in a directory that cannot be searched. Unusual names are escaped here.
        case $2 in *\\*) ;; *) [ -d "$2" ] || [ -w "$2" ] || continue ;; esac
        set -- mount "$2" "$3" "${4%%,lowerdir=*}"
        ;;
      */fdinfo/*) set -- "fdinfo/${file##*/}" $line ;;
      */net/dev)
        case $line in *:*) set -- ${line%%:*} ;; *) continue ;; esac
        set -- net "$1"
        ;;
      # The other values of these files are those of all containers.
      */sockstat | */sockstat6)
        set -- $line
        case $1 in
          sockets: | FRAG*) continue ;;
          TCP:) set -- sockets "$1" "$2" "$3" "$6" "$7" ;;
          *) set -- sockets "$1" "$2" "$3" ;;
        esac
        ;;
      /proc/sysvipc/* | /proc/net/*)
        # After its heading, one line is as good as thousands.
        lines=$((lines + 1))
        [ "$lines" -gt 1 ] && [ "$lines" -lt 9 ] || continue
        set -- "${file##*/}" $line
        ;;
      */stat)
        set -- ${line##*) }
        set -- scheduling "${16}" "${17}" "${38}" "${39}"
        ;;
      */memory.events | */memory.oom_control)
        set -- $line
        [ "$1" = oom_kill ] || continue
        ;;
      *) set -- "${file##*/}" $line ;;
    esac
    found=$found$*$newline
  done
  for place in $places; do
    set -- "$place" ''
    [ -r "$1" ] && set -- "$1" "$2r"
    [ -w "$1" ] && set -- "$1" "$2w"
    [ -x "$1" ] && set -- "$1" "$2x"
    [ -k "$1" ] && set -- "$1" "$2k"
    [ -O "$1" ] && set -- "$1" "$2O"
    set +f
    count_left "$1"
    set -f
    note place "$1" "$2" "$left"
  done
  set +f
  set -- /proc/[0-9]*
  note processes "$*"
  set -- /proc/self/fd/*
  note descriptors "$*"
  IFS=$blanks$newline
  # Of a process that its own user may trace, that user may read this.
  if [ -r /proc/self/environ ]; then note traceable yes; else note traceable no; fi
  if can_reopen; then note reopen yes; else note reopen no; fi
  look_for_programs
  note programs "$programs"
  note SwapTotal: "$swap"
}

swap=
while read -r key value; do
  case $key in SwapTotal:) swap=$value && break ;; esac
done </proc/meminfo
# Only what prints is redirected: what "jobs" prints in a trap is not to be sent.
print_answer() { printf '\036%s %s\036' "$nonce" "$2" >&"$1"; }
say() { print_answer 7 "$1"; }
say_on_stderr() { print_answer 8 "$1"; }
say_both() {
  say "$1"
  say_on_stderr "$1"
}
say_end() {
  say "end $1 $2"
  say_on_stderr "end $1 -"
}
say_found() {
  {
    printf '\036%s found %sopenFiles ' "$nonce" "$found"
    ulimit -Hn
    printf 'core '
    ulimit -Hc
    printf 'end\036'
  } >&7
}

# Starts a worker that reads its source text from descriptor 5.
start_worker() {
  fresh=yes
  {
    # "kill 0" is not meant for this watcher.
    trap : HUP TERM USR1 USR2 ALRM
    # When memory runs out, the worker and its commands die before this script does. Its own stderr is not the
    # container's: "set -v" would show our source text there. The subshell, as a shell that waits for a program says
    # "Killed" where that program's stderr is.
    (
      exec >&7
      [ "$reopen" = no ] || exec 7>/proc/self/fd/7 8>/proc/self/fd/8 >/proc/self/fd/7
      set -- "$home" "$kind" "$env"
      \command eval "$environment"
      unset -v OLDPWD
      export HOME="$1"
      case $2 in
        bash) exec "$0" /dev/fd/5 "$0" </dev/null ;;
        *)
          [ ! -x "$3" ] || exec "$3" --default-signal=INT,QUIT "$0" <&5 5>&-
          exec "$0" <&5 5>&-
          ;;
      esac
    )
    status=$?
    printf '' >"$kept.ended"
    say "exit $status"
  } &
  worker=$!
  printf 'echo 1000 >/proc/self/oom_score_adj; %s\n' "$prologue" >&5
}

# Starts a worker when no other process is left.
renew_worker() {
  need_pipe "$kept.ended"
  start_worker
}

# Ends when no process but this one is left; "jobs" reaps the dead.
kill_others() {
  looks=0
  while kill -9 -1; do
    jobs
    looks=$((looks + 1))
    [ "$looks" -lt 1000000 ] || give_up 'some processes cannot be killed'
  done
  [ "$reopen" = no ] || can_reopen || chmod 600 /proc/self/fd/7 /proc/self/fd/8
}

# Empties every place in memory that commands can write to. What cannot be removed is seen by look.
clean_up() {
  set -f
  case $found in
    *"${newline}nested "*) ;;
    *)
      rm -rf $places
      set +f
      for place in $places; do
        count_left "$place"
        [ "$left" = 0 ] || {
          chmod -R u+rwx "$place"/* "$place"/.[!.]* "$place"/..?*
          rm -rf "$place"
        }
      done
      ;;
  esac
  set +f
}

# Removes what the kernel keeps for System V's calls; what it cannot is still there when look is asked again.
remove_ipc() {
  for name in shm sem msg; do
    set --
    {
      read -r line
      while [ $# -lt 99 ] && read -r key number line; do
        case $name in
          shm) set -- "$@" -m "$number" ;;
          sem) set -- "$@" -s "$number" ;;
          msg) set -- "$@" -q "$number" ;;
        esac
      done
    } <"/proc/sysvipc/$name"
    [ $# = 0 ] || ipcrm "$@"
  done
}

# Copies $1 blocks and $2 bytes from stdin to stdout, and not one more from stdin.
take_in() {
  [ "$1" = 0 ] || dd bs=65536 count="$1" iflag=fullblock || return
  [ "$2" = 0 ] || dd bs="$2" count=1 iflag=fullblock
}

# Stores the data of the present request. $status is 126 if no process was to be had.
store() {
  status=126
  rm -f "$kept.$slot" </dev/null 5>&- 7>&- 8>&-
  # Opened to be read, too, a pipe that a command has put there does not make it wait; and into one nothing is
  # written.
  said=$(
    { [ -f /proc/self/fd/1 ] && take_in "$blocks" "$rest" 2>&3; } \
      3>&1 4<>"$kept.$slot" 1>&4 4>&- 5>&- 7>&- 8>&-
  )
  status=$?
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

# A watcher that was killed could not say "exit". What it watched may live on: that ends too. $1 is what to send then.
ensure_worker() {
  # A watcher that is about to say "exit" or has just said it is no longer one: a command sent now would get lost. It is
  # looked at again and again, as the mark may be a command's own, and to wait for the watcher would then never end.
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
    renew_worker
  fi
}

# In busybox, an error in a subshell makes that subshell go on behind the command, in the worker's place. It is no such
# task there, and ends with that error instead.
guard= directory='${PWD-}'
case $(\command eval '(: </nonexistent/)'; echo on) in
  on) ;;
  *)
    guard=' <"/proc/self/task/$$/stat" || \command exit 2'
    # There, a signal makes printf fail while it waits for room, a child's death for one. echo goes on waiting.
    edge=$(printf '\036')
    # Within a text for "eval".
    directory='\"\${PWD-}\"'
    print_answer() { echo -n "$edge$nonce $2$edge" >&"$1"; }
    ;;
esac

# After some errors, "exit 1 2" for one, bash leaves out the rest of a line and goes on with the next: the end is sent
# there.
bash=
[ -z "${BASH_VERSION-}" ] || bash=yes

# The worker's descriptors of the container's stdout and stderr, and what comes before and after a command's own
# redirections, to hide them from it.
#
# While a command runs, its shell keeps what the redirections hide, under the lowest free numbers from 10 on. Where a
# command can use such numbers itself ("exec 10>file"), it would lose its files or take over ours. In those shells,
# what is hidden by a copy of N is kept above N:
# - In busybox, each is so hidden first; N is then its only descriptor of ours.
# - bash is not content with a first time. There, the container's streams are above 40 and closed at exec, a property
#   that bash copies, too. A command's streams are opened from them, for descriptions of its own; what they hide is at
#   10 to 12. The worker's source text is a script, which gives way when a command takes its number. After an open
#   "$(", bash 5.2 writes a byte before its list of open quotes, and what lies there depends on all that is read here
#   first: a change of these lines is to be tried with such commands.
kind=other out=7 err=8 first= hide=' 7>&- 8>&-' prologue=
keeps_above_40() {
  \command eval 'exec 40>&7; { [ -e /proc/$$/fd/41 ]; } 8>&40; set -- $?; exec 40>&-; return $1'
}
case $bash$guard:${BASH_VERSION-} in
  :* | yes:[0-4].*) ;;
  yes:*) [ ! -r /dev/fd/5 ] || ! keeps_above_40 || kind=bash ;;
  *) ! keeps_above_40 || kind=busybox ;;
esac
case $kind in
  bash)
    out=41 err=42 hide=
    # 42 and 41 become copies of what is kept.
    prologue='BASH_ARGV0=$1; shift; exec 40>&7; { exec 42>&41; } 8>&40; { exec 41>&43; } 7>&42
exec </dev/null >/dev/null 2>&1 5<&- 7>&- 8>&- 40>&-'
    ;;
  busybox)
    first='<&40 >&40 2>&40 ' hide=' 7>&40 7>&- 8>&40 8>&-'
    prologue='exec 40</dev/null'
    ;;
esac

# A shell has SIGINT and SIGQUIT ignored in what it runs in the background, as it does the worker, and what has them
# ignored at its start cannot change that. bash does it by other means; elsewhere, GNU's "env" can.
env=
[ "$kind$bash" != other ] || ! env=$(\command -v env) || "$env" --default-signal=INT,QUIT "$0" -c : || env=

# Reads a request. A signal may end that as well: a child's death (an orphan is PID 1's child), or what a command sends.
next_request() {
  while
    verb= woken=
    ! IFS=' ' read -r verb id status input lines word
  do
    [ -n "$woken" ] || return
    [ -z "$verb" ] || give_up 'a signal came amid a request'
  done
}

# Reads a line of a request into $line.
next_line() {
  woken=
  IFS= read -r line && return
  [ -z "$woken" ] || give_up 'a signal came amid a request'
  exit
}

# Reads a text of $lines lines into $text; $1 is all of it if it is one line.
read_text() {
  text=$1
  [ "$lines" -gt 1 ] || return 0
  next_line
  text=$line
  while [ "$lines" -gt 1 ]; do
    next_line
    text=$text$newline$line
    lines=$((lines - 1))
  done
}

# Runs $1, which starts a process. At the limit of processes that fails, which would otherwise end this script.
if_possible() { \command eval "$1"; }

# Sets $word to the word of the present request. Fails if it cannot be had.
read_word() {
  if [ "$lines" = 0 ]; then
    word=
    if_possible 'word=$(cat "$kept.text" </dev/null 5>&- 7>&- 8>&-)'
    [ -n "$word" ]
  else
    read_text "$word"
    word=$text
  fi
}

# Sets $printing to what has the worker answer "$1 $2"; its shell expands $2. A function "command" that prints what it
# is given prints no marker, as the nonce is not where one has it; one that fails whatever it runs ends the loop.
to_print() {
  case $guard in
    '') printing="\\command printf '\\036%s $1 %s\\036' $nonce \"$2\"" ;;
    *)
      printing="until \\\\command printf '\\\\036%s $1 %s\\\\036' $nonce $2; do \\\\command : || \\\\break; done"
      printing="\\command eval \"$printing\""
      ;;
  esac
}

read_input() { case $input in -) input=/dev/null ;; *) input=$kept.$input ;; esac }

# Answers the present request without having run anything. $1 is why.
say_not_begun() {
  echo "sandbox: $1" >&8
  say_end "$id" 126
}

look
IFS=' ' read -r nonce kept next || exit
say_found
kept=/dev/shm/.$kept
start_worker
# Orphans are reaped as they die, as each counts towards the limit of processes until then; bash does that by itself.
# SIGINT is the one signal that would end these shells.
[ "$bash" = yes ] || trap 'woken=yes; jobs' CHLD
[ "$bash" = yes ] || trap woken=yes INT
# A character is at most 4 bytes, and a pipe holds 64 KiB.
inline=16000
setup= init= helper= no_process='no process could be started for it; earlier ones may have reached the limit'
while next_request; do
  case $verb in
    setup)
      read_text "$word"
      setup=$text
      ;;
    init)
      read_text "$word"
      init=$text fresh=yes
      ;;
    run)
      say_on_stderr "begin $id"
      ensure_worker renewed
      read_input
      if ! read_word; then
        say_not_begun 'cat did not bring this command, which is too long to go without'
        continue
      fi
      # The worker parses all of this before it runs any of it. The empty line clears what a syntax error leaves behind
      # in bash's parser. What our own part writes, for a trace (set -x) or a DEBUG trap, leads nowhere.
      to_out=">&$out" to_err="2>&$err"
      ! can_reopen || to_out=">\"/proc/\$\$/fd/$out\"" to_err="2>\"/proc/\$\$/fd/$err\""
      streams="$first<$input $to_out $to_err$hide"
      text="\\command eval $word $streams"
      # With redirections like the command's, as a shell may have no descriptor to spare, for example.
      to_print "begin $id" '$$'
      begin="$printing $streams"
      # What is within an "eval" shows in a trace. Nothing can be written to its stdin.
      [ -z "$guard" ] || begin="$begin 2>&0"
      case $status in
        0) text="$begin && $text" ;;
        *)
          text="$begin && { _sandbox_ || $text; }"
          text="_sandbox_() { \\command unset -f _sandbox_; \\command return $status; } && $text"
          ;;
      esac
      if [ -n "$setup" ]; then
        text="( { $setup$newline} || { \\command set +x; { $setup$newline} 2>&$err; \\command false; } && $text )"
        setup=
      fi
      if [ -n "$fresh" ] && [ -n "$init" ]; then
        text="\\command eval $init $first</dev/null >/dev/null $to_err$hide && $text"
      fi
      fresh=
      to_print "end $id" '$?'
      end=$printing
      to_print "end $id" "$directory"
      case $kind in
        bash) end="$end >&$out; $printing >&$err" ;;
        # The worker's own stdout is the container's. A program needs no descriptor to spare for its streams.
        *)
          end="$end$guard; $printing >&$err"
          end="$end || \\command env printf '\\036%s end $id %s\\036' $nonce \"\${PWD-}\" >&$err"
          ;;
      esac
      case $bash in
        yes) text="{ $text; }$newline$newline{ $end; }" ;;
        *) text="{ $text; $end; }" ;;
      esac
      # More than a pipe holds is written by a process of its own, so that this script is never held up.
      if [ "$lines" = 0 ] || [ "${#text}" -gt "$inline" ]; then
        if_possible 'printf "\n%s\n" "$text" >&5 &' || say_not_begun "$no_process"
      else
        printf '\n%s\n' "$text" >&5
      fi
      ;;
    own)
      read_input
      helper= helper_id=
      # What is stored is no text for this: commands can change it, and it runs with more than their rights.
      [ "$lines" != 0 ] && read_word && if_possible '{
        next= found= text=
        # Not by this script, which could wait for room there while the client sends input ahead.
        say_on_stderr "begin $id"
        case $status in -) cd "$home" ;; 0) cd / ;; *) cd "/proc/$status/cwd" ;; esac || {
          say_not_begun "the directory of the shell cannot be entered, or the shell was killed"
          exit
        }
        say "begin $id 0"
        \command eval "\\command eval $word" <"$input" >&7 2>&8 5>&- 7>&- 8>&-
        say_end "$id" "$?"
      } & helper=$! helper_id=$id'
      [ -n "$helper" ] || {
        say_on_stderr "begin $id"
        say_not_begun "$no_process"
      }
      ;;
    ping)
      ensure_worker "gone $id"
      say_both "pong $id"
      ;;
    sync)
      jobs
      # One that was killed has not said so; one that has ended has.
      [ -z "$helper" ] || kill -0 "$helper" || {
        say_end "$helper_id" 137
        helper=
      }
      say_both "pong $id"
      ;;
    kill)
      kill_others
      helper=
      renew_worker
      say_both "killed $id"
      ;;
    recycle)
      [ -n "$next" ] || give_up 'the first line has no next nonce'
      kill_others
      setup= init= helper=
      # Any mode other than that of a new pipe is a command's doing.
      [ "$reopen" = no ] || chmod 600 /proc/self/fd/7 /proc/self/fd/8
      made=no
      make_pipe && made=yes
      clean_up
      [ "$made" = yes ] || need_pipe
      look
      case $found in
        *"${newline}shm "* | *"${newline}sem "* | *"${newline}msg "*)
          remove_ipc
          look
          ;;
      esac
      nonce=$next
      say_found
      # A command that got hold of stdin, by "dd", may have left requests there.
      while
        IFS=' ' read -r line kept next || exit
        [ "$line" != "$nonce" ]
      do :; done
      kept=/dev/shm/.$kept
      start_worker
      ;;
    data)
      slot=$id blocks=$status rest=$input
      status=126
      # Where no process is to be had for that, all others go: what follows is not to be taken for requests.
      if_possible store || {
        kill_others
        say renewed
        renew_worker
        store
      }
      # One that is missing or was killed did not report what it took in.
      [ "$status" -lt 126 ] || give_up "dd took no input in, its exit status is $status"
      [ "$status" = 0 ] || drop_rest "$blocks" "$rest" || give_up 'dd did not read the rest of an input'
      say "data $status"
      ;;
    drop) if_possible 'rm -f "$kept.in" "$kept.next" "$kept.text" </dev/null 5>&- 7>&- 8>&-' ;;
    oom)
      count=0
      for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
        [ -r "$file" ] && while read -r key value; do
          [ "$key" = oom_kill ] && count=$value
        done <"$file"
      done
      say "oom $count"
      ;;
    usage)
      read_counters
      say "usage $id$newline$text"
      ;;
    *) give_up "no such request: $verb" ;;
  esac
done
kill_others
