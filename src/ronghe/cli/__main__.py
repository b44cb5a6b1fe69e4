"""``python -m ronghe.cli``."""

import sys

from ronghe.cli import main

if __name__ == "__main__":  # a server's worker processes import this module again
    sys.exit(main())
