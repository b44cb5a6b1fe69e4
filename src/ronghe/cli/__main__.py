"""``python -m ronghe.cli``."""

from ronghe.cli import run_and_end

if __name__ == "__main__":  # a server's worker processes import this module again
    run_and_end()
