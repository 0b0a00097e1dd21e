"""`python -m tests.simulation --seed 123` replays one run; the words are those of `sim.mjs`."""

import subprocess
import sys

from .running import NODE, SIM

sys.exit(subprocess.call([NODE, SIM, "--python", sys.executable, *sys.argv[1:]]))
