"""``python -m ronghe.cli``."""

import sys

from ronghe.cli import main

sys.exit(main())
