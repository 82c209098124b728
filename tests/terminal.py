"""Runs a command on a terminal of its own and prints all that stands on it in the end.

The lines of standard input are typed one by one, each where a question stands: where what was written last ends in a colon and a
space. Where a question stands and no line is left, the end of input is typed. Ends as the command does. The screen has as many
lines as the variable SCREEN says; without it the terminal does not tell.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

answers = sys.stdin.read().splitlines()
process, terminal = pty.fork()
if process == 0:
    if "SCREEN" in os.environ:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", int(os.environ["SCREEN"]), 80, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
shown = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # The command has ended.
        break
    if not piece:
        break
    shown += piece
    if shown.endswith(b": "):
        os.write(terminal, answers.pop(0).encode() + b"\n" if answers else b"\x04")
sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
