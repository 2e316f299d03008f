# The programs of AttackIT: perl attacks.pl NAME [ARGUMENT...]. For each attempt, a program prints "what: done" or
# "what: ERRNO". Each program has a bound of its own above the limit that must stop it, so that a missing limit
# costs the machine little.
use strict;
use warnings;
use Errno;
use Fcntl;
use POSIX ();
use Socket;

$| = 1;

my $column = (POSIX::uname())[4] eq 'aarch64' ? 1 : 0;
my %numbers = (    # x86_64, aarch64
    mount => [165, 40], ptrace => [101, 117], unshare => [272, 97], setns => [308, 268], chroot => [161, 51],
    init_module => [175, 105], delete_module => [176, 106], add_key => [248, 217], keyctl => [250, 219],
    mknodat => [259, 33], reboot => [169, 142], bpf => [321, 280], perf_event_open => [298, 241],
    kexec_load => [246, 104], open_by_handle_at => [304, 265], prlimit64 => [302, 261], setuid => [105, 146],
    setgid => [106, 144], setgroups => [116, 159],
);

sub number { $numbers{ $_[0] }[$column] }

# The name of the current errno.
sub error { (sort grep { $!{$_} } keys %!)[0] // 'nothing' }

sub report { my ($what, $done) = @_; print "$what: ", ($done ? 'done' : error()), "\n"; $done }

sub attempt { my ($what, $name, @arguments) = @_; report($what, syscall(number($name), @arguments) != -1) }

# Calls the sub with every directory under / outside /proc and /sys.
sub directories {
    my ($visit, @left) = @_;
    while (defined(my $directory = shift @left)) {
        $visit->($directory || '/');
        opendir(my $handle, $directory || '/') or next;
        push @left, grep { -d && !-l && !m{^/(proc|sys)$} } map { "$directory/$_" } grep { !/^\.\.?$/ } readdir $handle;
    }
}

# One directory of each file system in which a file can be created.
sub writable {
    my %found;
    directories(sub {
        my $probe = "$_[0]/.probe";
        sysopen(my $file, $probe, O_WRONLY | O_CREAT) or return;
        $found{ (stat $file)[0] } //= $_[0];
        unlink $probe;
    }, '');
    sort values %found;
}

my %attacks;

# --- Exhausting resources

$attacks{'fork-bomb'} = sub {
    print 'x';
    for (1 .. 9) {
        my $child = fork;
        print 'x' if defined $child && !$child;
    }
    sleep 3;
};

$attacks{memory} = sub {
    my @held;
    push @held, 'x' x (1 << 20) for 1 .. 400;
    report('400 MiB', 1);
};

$attacks{disk} = sub {
    my $block = 'x' x (1 << 20);
    for my $directory (writable()) {
        my ($bytes, $files) = (0, 0);
        # A file can have a largest size: then there are more files.
        local $SIG{XFSZ} = 'IGNORE';
        while ($bytes < 100 << 20 && open(my $file, '>', "$directory/filler" . $files++)) {
            while ($bytes < 100 << 20) { $bytes += syswrite($file, $block) // last }
            last unless $!{EFBIG};
        }
        print "$directory: $bytes ", ($bytes < 100 << 20 ? error() : 'done'), "\n";
    }
};

$attacks{inodes} = sub {
    my ($max) = @_;
    for my $directory (writable()) {
        my $files = 0;
        mkdir "$directory/files";
        while ($files < $max && sysopen(my $file, "$directory/files/$files", O_WRONLY | O_CREAT)) { $files++ }
        print "$directory: $files ", ($files < $max ? error() : 'done'), "\n";
    }
};

$attacks{flood} = sub {
    my $bytes = 64 << 20;
    my $child = fork // die $!;
    my ($stream, $byte) = $child ? (*STDOUT, 'o') : (*STDERR, 'e');
    my $block = $byte x (1 << 16);
    while ($bytes > 0) { $bytes -= syswrite($stream, $block) // die $! }
    waitpid $child, 0 if $child;
};

$attacks{'endless-line'} = sub {
    my $block = 'x' x (1 << 16);
    syswrite STDOUT, $block while 1;
};

$attacks{burner} = sub {
    $SIG{$_} = 'IGNORE' for qw(TERM INT HUP QUIT ALRM USR1 USR2 XCPU);
    fork for 1 .. 2;
    1 while 1;
};

$attacks{'background-flood'} = sub {
    exit if fork;
    my $stream = fork ? *STDOUT : *STDERR;
    my $block = 'x' x (1 << 16);
    syswrite $stream, $block while 1;
};

$attacks{daemon} = sub {
    exit if fork;
    POSIX::setsid();
    exit if fork;
    $0 = 'the-daemon';
    chdir '/';
    POSIX::close($_) for 0 .. 1023;
    sleep 60;
};

$attacks{descriptors} = sub {
    my @open;
    while (@open < 3000 && sysopen(my $file, '/dev/null', O_RDONLY)) { push @open, $file }
    print 'open: ', scalar(@open), ' ', (@open < 3000 ? error() : 'done'), "\n";
};

$attacks{zombies} = sub {
    my $children = 0;
    while ($children < 400) {
        my $child = fork // last;
        exit unless $child;
        $children++;
    }
    print "zombies: $children ", ($children < 400 ? error() : 'done'), "\n";
};

# --- Escaping by the network

$attacks{connect} = sub {
    for (@_) {
        my ($host, $port) = /^(.*):(\d+)$/;
        socket(my $socket, AF_INET, SOCK_STREAM | O_NONBLOCK, 0) or (report($_, 0), next);
        my $done = connect($socket, pack_sockaddr_in($port, inet_aton($host)));
        if (!$done && $!{EINPROGRESS}) {
            my $ready = '';
            vec($ready, fileno $socket, 1) = 1;
            $! = Errno::ETIMEDOUT;
            $done = select(undef, $ready, undef, 2) && !($! = unpack 'i', getsockopt($socket, SOL_SOCKET, SO_ERROR));
        }
        report($_, $done);
    }
};

$attacks{listen} = sub {
    my ($port) = @_;
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or die $!;
    bind($socket, pack_sockaddr_in($port, INADDR_ANY)) && listen($socket, 9) or die $!;
    print 'port: ', (unpack_sockaddr_in(getsockname $socket))[0], "\n";
    sleep 60;
};

$attacks{dns} = sub {
    socket(my $socket, AF_INET, SOCK_DGRAM, 0) or die $!;
    my $query = pack('n6', 7, 0x100, 1, 0, 0, 0) . "\7example\3org\0" . pack('n2', 1, 1);
    report("datagram to $_", send($socket, $query, 0, pack_sockaddr_in(53, inet_aton($_)))) for @_;
    print 'example.org: ', (defined inet_aton('example.org') ? 'an address' : 'no address'), "\n";
};

$attacks{'raw-sockets'} = sub {
    report('raw', socket(my $raw, AF_INET, SOCK_RAW, 1));
    report('packet', socket(my $packet, 17, SOCK_RAW, 0x300));
};

# --- Escaping by the kernel

$attacks{mount} = sub {
    attempt('new tmpfs', 'mount', 'none', '/mnt', 'tmpfs', 0, 0);
    attempt('writable root', 'mount', 'none', '/', '', 32, 0);
    attempt('bind of /', 'mount', '/', '/mnt', '', 4096, 0);
    attempt('chroot', 'chroot', '/tmp');
};

$attacks{unshare} = sub {
    my %spaces = (user => 0x10000000, mount => 0x20000, network => 0x40000000, process => 0x20000000);
    for (sort keys %spaces) {
        my $child = fork // die $!;
        if (!$child) { attempt("new $_ namespace", 'unshare', $spaces{$_}); exit }
        waitpid $child, 0;
    }
    for (qw(mnt net pid)) {
        my $opened = open(my $space, '<', "/proc/1/ns/$_");
        report("namespace $_ of PID 1", $opened && syscall(number('setns'), fileno $space, 0) != -1);
    }
};

$attacks{kernel} = sub {
    my $nothing = "\0" x 128;
    attempt('load a module', 'init_module', "\x7fELF$nothing", 64, '');
    attempt('remove a module', 'delete_module', 'none', 0);
    attempt('reboot', 'reboot', 0xfee1dead, 672274793, 0, 0);
    attempt('another kernel', 'kexec_load', 0, 0, $nothing, 0);
    attempt('bpf', 'bpf', 0, $nothing, 72);
    attempt('perf', 'perf_event_open', $nothing, 0, -1, -1, 0);
    attempt('file by handle', 'open_by_handle_at', 0, pack('I2', 8, 1) . $nothing, 0);
};

$attacks{keyctl} = sub {
    attempt('add a key', 'add_key', 'user', 'attack', 'secret', 6, -4);
    attempt('the session keyring', 'keyctl', 0, -3, 0);
};

$attacks{devices} = sub {
    attempt("make $$_[0]", 'mknodat', -100, "/tmp/$$_[0]", $$_[1], $$_[2])
        for ['memory', 020600, 0x101], ['disk', 060600, 0x800], ['kmsg', 020600, 0x10b];
    opendir(my $handle, '/dev') or die $!;
    for (sort readdir $handle) {
        print "disk /dev/$_\n" if -b "/dev/$_";
        next if -l "/dev/$_" || !-c _ || /^(null|zero|full|u?random|tty|ptmx)$/;
        print "/dev/$_: open\n" if sysopen(my $device, "/dev/$_", O_RDONLY);
    }
};

$attacks{setuid} = sub {
    print 'id: ', `/opt/id -u`;
    attempt('setuid', 'setuid', 0);
    attempt('setgid', 'setgid', 0);
    attempt('setgroups', 'setgroups', 1, pack('I', 0));
};

# Opens files and writes nothing: if one is writable, the machine keeps its settings.
$attacks{'kernel-files'} = sub {
    my $tried = 0;
    my $many = qr{^/proc/self/(task|fd|fdinfo|map_files|net|cwd|root)$};
    my @left = map { [$_, 0] } grep { !m{^/proc/(\d+|thread-self)$} } glob '/proc/* /sys/*';
    while (my $entry = shift @left) {
        my ($path, $depth) = @$entry;
        next if -l $path && $path ne '/proc/self';
        if (-d $path) {
            push @left, map { [$_, $depth + 1] } glob "$path/*" if $depth < 9 && $path !~ $many;
        } elsif (-f $path) {
            $tried++;
            print "$path: open\n" if sysopen(my $file, $path, O_WRONLY);
        }
    }
    print "tried: $tried\n";
};

$attacks{core} = sub {
    attempt('a higher limit', 'prlimit64', 0, 4, pack('Q2', 1 << 30, 1 << 30), 0);
    chdir '/tmp';
    my $child = fork // die $!;
    if (!$child) { kill 'ABRT', $$; sleep 9 }
    waitpid $child, 0;
    print 'signal: ', $? & 127, "\ndumped: ", $? & 128, "\nfiles: ", scalar(glob '/tmp/core*') // 'none', "\n";
};

$attacks{'engine-sockets'} = sub {
    directories(sub { -S && print "$_\n" for glob "$_[0]/*" }, '');
    open(my $list, '<', '/proc/net/unix') or die $!;
    while (<$list>) { print "unix $1\n" if /\s(\S*(docker|containerd|podman|conmon|crio)\S*)$/ }
    print "looked\n";
};

# --- Attacking the supervisor

$attacks{trace} = sub {
    my $child = fork // die $!;
    if (!$child) { sleep 60; exit }
    attempt('trace a child', 'ptrace', 16, $child, 0, 0);
    kill 'KILL', $child;
    attempt('trace PID 1', 'ptrace', 16, 1, 0, 0);
    report('memory of PID 1', open(my $memory, '<', '/proc/1/mem'));
    report("descriptor $_ of PID 1", sysopen(my $file, "/proc/1/fd/$_", O_RDWR | O_NONBLOCK)) for 0, 1, 2, 7, 8;
    report('environment of PID 1', open(my $environment, '<', '/proc/1/environ'));
};

$attacks{'kill-all'} = sub {
    kill $_, 1 for 'TERM', 'STOP', 'KILL';
    kill $_[0], -1;
    sleep 60;
};

# The descriptors of PID 1 are tried by number, as they may not be listed. The results are printed after all the junk,
# as some of it goes to the same stream.
$attacks{'flood-descriptors'} = sub {
    my $junk = "echo junk\n" x 400;
    my $shell = getppid;
    my $listed = opendir my $list, '/proc/1/fd';
    my @results = 'list of PID 1: ' . ($listed ? 'done' : error());
    for my $path (glob("/proc/$shell/fd/*"), map { "/proc/1/fd/$_" } 0 .. 19) {
        my $what = $path =~ m{^/proc/1/} ? 'PID 1' : 'its shell, ' . (readlink $path // 'unknown');
        my $bytes = 0;
        if (sysopen(my $file, $path, O_WRONLY | O_NONBLOCK)) {
            while ($bytes < 1 << 20) { $bytes += syswrite($file, $junk) // last }
            push @results, "$path of $what: $bytes " . ($bytes < 1 << 20 ? error() : 'done');
        } else {
            push @results, "$path of $what: " . error();
        }
    }
    print map { "\n$_" } @results;
};

# Reads the nonce and the command's number from the shell's memory, ends the command in the shell's name, and fails.
$attacks{forge} = sub {
    my ($shell) = getppid;
    open(my $maps, '<', "/proc/$shell/maps") or die "maps: $!";
    sysopen(my $memory, "/proc/$shell/mem", O_RDONLY) or die "memory: $!";
    my ($nonce, $id) = ('', -1);
    while (<$maps>) {
        my ($from, $to) = /^([0-9a-f]+)-([0-9a-f]+) rw/ or next;
        sysseek($memory, hex $from, 0) && sysread($memory, my $bytes, hex($to) - hex($from)) or next;
        while ($bytes =~ /036%s end (\d+) %s\\036' ([\w-]{22})/g) { ($nonce, $id) = ($2, $1) if $1 > $id }
    }
    print STDERR "\x1e$nonce end $id /\x1e";
    print STDOUT "$nonce\x1e$nonce end $id 0\x1e";
    sleep 1;
    exit 9;
};

my $name = shift;
($attacks{$name} || die "no such attack: $name\n")->(@ARGV);
