"""Runs handlers so that what brings them down harms nothing else."""
import os
import resource
import signal

import careful


def guarded(function, *arguments):
    """In a process of its own, with limits."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        # One that can be raised again, see tools.run.
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.RLIM_INFINITY))
        # Time of the CPU, which other work on the machine does not use up.
        signal.setitimer(signal.ITIMER_PROF, 20)
        try:
            result = function(*arguments)
            text = ' '.join(sorted(result)) if result is not None else 'taken'
        except careful.Refused as refusal:
            text = 'refused: %s' % refusal
        except BaseException as error:
            text = 'failed: %s: %s' % (type(error).__name__, error)
        os.write(writing, ascii(text)[1:-1].encode()[:2000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, 'rb') as pipe:
        text = pipe.read().decode()
    status = os.waitpid(child, 0)[1]
    return text if status == 0 else 'killed by signal %d' % status
