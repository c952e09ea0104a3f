"""Run a command and write down what it took: a process so small that what it is itself counts for nothing.

    python measured.py RESULT COMMAND...

The memory that Linux tells of a process begins with what its parent held when it was started, so a large parent would
be mistaken for it. The command's own processes count as far as it waited for them, as a pool does for its workers.
"""

import json
import os
import sys
import time

if __name__ == "__main__":
    result, *command = sys.argv[1:]
    begun = time.perf_counter()
    _, status, used = os.wait4(os.posix_spawnp(command[0], command, os.environ), 0)
    taken = {
        "seconds": time.perf_counter() - begun,
        "cpu": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }
    with open(result, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is large
        json.dump(taken, file)
    sys.exit(os.waitstatus_to_exitcode(status))
