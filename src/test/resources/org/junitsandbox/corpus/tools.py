"""What the examinations of documents share: files, programs, and a watch on what a handler reaches for."""
import errno
import os
import resource
import signal
import subprocess
import sys
import time

LARGE = 1 << 18
MANY = 1000
DAMAGED = {'WRONG_SIZE', 'WRONG_CHECKSUM', 'TRUNCATED', 'MALFORMED', 'HUGE_PROMISE', 'EMPTY'}
SECRET = '/etc/passwd'
# The programs that ended with another exit code than 0, and what they reported.
FAILED = []


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def run(*command, data=b'', space=1 << 30):
    """Exit code, output and errors; the output only up to a limit. Some programs would take hours for some files, and
    some reserve much more address space than they use."""
    own = resource.getrlimit(resource.RLIMIT_AS)
    # It begins with this limit. To set it in between would take a fork, which costs more than most of the programs.
    resource.setrlimit(resource.RLIMIT_AS, (space, own[1]))
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, own)
    with process:
        try:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (4, 4))
            output, errors = process.communicate(data, timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            return -9, b'', b'timed out'
        except OSError:
            process.kill()
            raise
    if process.returncode:
        FAILED.append((command, process.returncode, errors[:1000]))
    return process.returncode, output[:LARGE + 1], errors


def refusing(commands, path):
    """The programs that refuse a file."""
    return [command[0] for command in commands if run(*command, path)[0] != 0]


def spend(seconds):
    """Ends this process after some seconds of the CPU: what turns in circles has fallen for the file."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def cost(action, *arguments):
    """The seconds of the CPU that an action takes: to be compared with those of another one, on the same machine."""
    begun = time.process_time()
    action(*arguments)
    return time.process_time() - begun


def watch(action, *arguments):
    """Whether an action opens the secret file, asks the network, or starts a program. Its errors do not matter then."""
    reached = set()

    def hook(event, values):
        if event == 'open' and str(values[0]).endswith(SECRET):
            reached.add('EXTERNAL_REFERENCE')
        elif event in ('socket.getaddrinfo', 'socket.connect', 'urllib.Request'):
            reached.add('EXTERNAL_REFERENCE')
        elif event in ('os.system', 'subprocess.Popen', 'os.exec', 'os.posix_spawn'):
            reached.add('ACTIVE_CONTENT')

    sys.addaudithook(hook)
    try:
        action(*arguments)
    except Exception:
        if not reached:
            raise
    return set(reached)


def too_long(name):
    """Whether no file can have the name."""
    path = os.path.join(b'/tmp', name.encode('utf-8', 'replace'))
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    os.unlink(path)
    return False


def ends_in_recursion(action, *arguments):
    try:
        action(*arguments)
    except RecursionError:
        return True
    return False
