"""Settings of the web tests: a home of its own that goes away, quick passwords, plain files."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="ronghe-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["RONGHE_HOME"] = _home
os.environ["RONGHE_SECOND_FACTOR"] = "optional"

from ronghe.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
