"""The command `prioritise`, in Python's process."""

import signal
import sys

from ._prioritise import run


def main() -> int:
    """Runs the command with the arguments of this process, and gives its exit code: 0 done, 1 the answer is no, 2 wrong."""
    # The engine is at work where Python would notice nothing of Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
