# The programs of ResidueIT: perl residues.pl NAME. Each leaves something behind, prints "done" or the error's name,
# and exits with 0 or 1.
use strict;
use warnings;
use Errno;
use Fcntl;
use IO::Socket::INET;
use IO::Socket::UNIX;
use POSIX ();
use Socket;

my $column = (POSIX::uname())[4] eq 'aarch64' ? 1 : 0;
my %numbers = (    # x86_64, aarch64
    mq_open => [240, 180], prlimit64 => [302, 261], sched_setaffinity => [203, 122], sched_setscheduler => [144, 119],
    ioprio_set => [251, 30], personality => [135, 92], add_key => [248, 217], memfd_create => [319, 279],
    inotify_init1 => [294, 26], unshare => [272, 97], timerfd_create => [283, 85], io_uring_setup => [425, 425],
    setxattr => [188, 5], mlock => [149, 228], signalfd4 => [289, 74], flock => [73, 32],
);

sub number { $numbers{ $_[0] }[$column] }

sub call { my ($name, @arguments) = @_; syscall(number($name), @arguments) != -1 }

# Sets both limits of PID 1.
sub limit_pid1 { my ($resource, $value) = @_; call('prlimit64', 1, $resource, pack('QQ', $value, $value), 0) }

sub flag {
    my ($flag, @handles) = @_;
    $_ = fcntl($_, F_SETFL, fcntl($_, F_GETFL, 0) | $flag) || return 0 for @handles;
    return 1;
}

# Keeps what the sub has made for as long as a process lives.
sub keep { my ($sub) = @_; $sub->() or return 0; fork // die or do { close STDIN; sleep 1000; exit }; return 1 }

sub write_file {
    my ($path, $text) = @_;
    open(my $file, '>', $path) or return 0;
    defined syswrite($file, $text) or return 0;
    return close $file;
}

# Connects to itself over loopback; the side that closes first stays in TIME_WAIT.
sub loopback {
    my ($class, $address) = @_;
    my $server = $class->new(LocalAddr => $address, Listen => 5) or return 0;
    my $client = $class->new(PeerAddr => $address, PeerPort => $server->sockport) or return 0;
    my $accepted = $server->accept;
    close $client;
    return close $accepted;
}

my $O_ASYNC = 020000;
my @kept;

my %residues = (
    'stopped' => sub {
        my $child = fork // die;
        $child or do { kill 'STOP', $$; exit };
        waitpid($child, 2);
    },
    'daemon' => sub {
        fork // die or do {
            POSIX::setsid();
            fork and exit;
            chdir '/';
            close $_ for *STDIN, *STDOUT, *STDERR;
            sleep 1000;
        };
        wait;
        1;
    },
    'ignoring' => sub {
        fork // die or do { $SIG{$_} = 'IGNORE' for qw(TERM HUP INT QUIT PIPE CHLD); sleep 1000 while 1 };
        1;
    },
    'renamed' => sub { fork // die or do { $0 = "sh)\n1 (x"; sleep 1000 }; 1 },
    'zombie' => sub { fork // die or do { fork // die or exit; sleep 1000 }; 1 },
    'many processes' => sub { for (1 .. 100) { my $child = fork // last; $child or do { sleep 1000; exit } } 1 },
    'names' => sub {
        my $made = 0;
        for my $directory ('/work', '/tmp', '/dev/shm') {
            $made += write_file("$directory/$_", 'x')
                for "a\nb", "\xff\xfe", ' ', '-rf', '*', '...', '.hidden', '..hidden', "\e[2J", "tab\t", 'x' x 255,
                "'\"\$(id)`";
        }
        $made == 36;
    },
    'mode 000' => sub {
        for my $top ('/work/a', '/tmp/.b', '/dev/shm/c') {
            mkdir $top or return 0;
            mkdir "$top/b" or return 0;
            write_file("$top/b/f", 'x') or return 0;
            chmod 0, "$top/b/f", "$top/b", $top or return 0;
        }
        1;
    },
    'deep' => sub { for (1 .. 3000) { mkdir 'd' or return 0; chdir 'd' or return 0 } write_file('f', 'x') },
    'many files' => sub {
        write_file("/work/f$_", 'x' x 100) or return 0 for 1 .. 1000;
        write_file('/tmp/big', 'x' x 50e6);
    },
    'like the store' => sub {
        my $made = 0;
        $made += write_file("/dev/shm/.xyz$_", 'x') for '', '.fifo', '.ended', '.in', '.next', '.text';
        $made == 6;
    },
    'unix socket' => sub { keep(sub { $kept[0] = IO::Socket::UNIX->new(Local => '/work/s', Listen => 1) }) },
    'deleted but open' => sub {
        keep(sub {
            open(my $file, '>', '/work/gone') or return 0;
            push @kept, $file;
            syswrite($file, 'x' x 1e6);
            unlink '/work/gone';
        });
    },
    'shm' => sub { my $id = shmget(0, 1e6, 0600 | 01000) // return 0; shmwrite($id, 'x', 0, 1) },
    'sem' => sub { defined semget(7, 3, 0600 | 01000) },
    'msg' => sub { my $id = msgget(7, 0600 | 01000) // return 0; msgsnd($id, pack('l! a*', 1, 'old'), 0) },
    'many shm' => sub { defined shmget(0, 4096, 0600 | 01000) or return 0 for 1 .. 200; 1 },
    'mqueue' => sub { call('mq_open', 'old', O_RDWR | O_CREAT, 0600, 0) },
    'limit nofile' => sub { limit_pid1(7, 20) },
    'limit nproc' => sub { limit_pid1(6, 1) },
    'limit core' => sub { limit_pid1(4, 0) },
    'limit fsize' => sub { limit_pid1(1, 1000) },
    'limit stack' => sub { limit_pid1(3, 1 << 20) },
    'limit cpu' => sub { limit_pid1(0, 1000) },
    'limit sigpending' => sub { limit_pid1(11, 5) },
    'affinity' => sub { call('sched_setaffinity', 1, 8, pack('Q', 1)) },
    'own affinity' => sub { call('sched_setaffinity', getppid(), 8, pack('Q', 1)) },
    'nice of PID 1' => sub { setpriority(0, 1, 5) },
    'own nice' => sub { setpriority(0, getppid(), 19) },
    'nice of all' => sub { setpriority(2, $>, 7) },
    'batch' => sub { call('sched_setscheduler', 1, 3, pack('i', 0)) },
    'idle' => sub { call('sched_setscheduler', 1, 5, pack('i', 0)) },
    'ioprio' => sub { call('ioprio_set', 1, 1, (3 << 13)) },
    'O_NONBLOCK stdout' => sub { flag(O_NONBLOCK, *STDOUT) },
    'O_NONBLOCK stderr' => sub { flag(O_NONBLOCK, *STDERR) },
    'O_NONBLOCK both' => sub { flag(O_NONBLOCK, *STDOUT, *STDERR) },
    'O_APPEND' => sub { flag(O_APPEND, *STDOUT, *STDERR) },
    'O_ASYNC' => sub { $SIG{IO} = 'IGNORE'; fcntl(STDOUT, 8, $$ + 0) && flag($O_ASYNC, *STDOUT, *STDERR) },
    'O_NONBLOCK stdin' => sub { flag(O_NONBLOCK, *STDIN) },
    'pipe size' => sub { fcntl(STDOUT, 1031, 4096) },
    'time wait' => sub { loopback('IO::Socket::INET', '127.0.0.1') },
    'time wait 6' => sub {
        require IO::Socket::IP;
        loopback('IO::Socket::IP', '::1');
    },
    'listening' => sub { keep(sub { $kept[0] = IO::Socket::INET->new(LocalAddr => '127.0.0.1:8080', Listen => 5) }) },
    'udp' => sub { keep(sub { $kept[0] = IO::Socket::INET->new(LocalAddr => '127.0.0.1:5353', Proto => 'udp') }) },
    'abstract' => sub { keep(sub { $kept[0] = IO::Socket::UNIX->new(Local => "\0old", Listen => 1) }) },
    'memfd' => sub { 
        keep(sub {
            my $name = 'old';
            open(my $file, '>&=', syscall(number('memfd_create'), $name, 0)) or return 0;
            push @kept, $file;
            syswrite($file, 'x' x 1e6);
        });
    },
    'inotify' => sub { keep(sub { call('inotify_init1', 0) }) },
    'timerfd' => sub { keep(sub { call('timerfd_create', 0, 0) }) },
    'io_uring' => sub { keep(sub { my $parameters = "\0" x 120; call('io_uring_setup', 8, $parameters) }) },
    'lock' => sub {
        keep(sub { open($kept[0], '>', '/tmp/lock') && flock($kept[0], 2) });
    },
    'mlock' => sub { keep(sub { my $bytes = 'x' x 16384; push @kept, \$bytes; call('mlock', $bytes, 16384) }) },
    'personality' => sub { call('personality', 0x0040000) },
    'key' => sub { call('add_key', 'user', 'old', 'x', 1, -4) },
    'user namespace' => sub { call('unshare', 0x10000000) },
    'xattr' => sub { call('setxattr', '/work', 'user.old', 'x', 1, 0) },
    'immutable' => sub {
        write_file('/work/f', 'x');
        open(my $file, '<', '/work/f') or return 0;
        my $flags = pack('L!', 0x10);
        ioctl($file, 0x40086602, $flags);
    },
    'sparse' => sub { open(my $file, '>', '/work/sparse') or return 0; truncate($file, 50e6) },
    'signals to PID 1' => sub { kill $_, 1 for 1 .. 8, 10 .. 64; 1 },
    'pty' => sub { keep(sub { sysopen($kept[0], '/dev/ptmx', O_RDWR) }) },
    'oom_score_adj of PID 1' => sub { write_file('/proc/1/oom_score_adj', '1000') },
    'coredump_filter of PID 1' => sub { write_file('/proc/1/coredump_filter', '0') },
    'timer slack of PID 1' => sub { write_file('/proc/1/timerslack_ns', '1000000000') },
    'autogroup of PID 1' => sub { write_file('/proc/1/autogroup', '10') },
    'command name of PID 1' => sub { write_file('/proc/1/comm', 'old') },
);

my $residue = $residues{ $ARGV[0] } // die "no program '$ARGV[0]'\n";
my $done = $residue->();
my $error = (sort grep { $!{$_} } keys %!)[0] // 'nothing';
print $done ? 'done' : $error;
exit($done ? 0 : 1);
