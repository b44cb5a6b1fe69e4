"""Sentences about preparing an installation and serving it."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "database-address-wrong": Sentence(
        zh="RONGHE_DATABASE_URL 写得不对。应为 {expected}；不设则用内置数据库。",
        en="RONGHE_DATABASE_URL cannot be understood. It should read {expected}; without it the "
        "embedded database is used.",
    ),
    "database-driver-missing": Sentence(
        zh="还没有安装 PostgreSQL 的驱动。请安装：pip install 'ronghe[postgresql]'。",
        en="The driver of PostgreSQL is not installed: pip install 'ronghe[postgresql]'.",
    ),
    "database-out-of-reach": Sentence(
        zh="连不上数据库：{found}。请核对 RONGHE_DATABASE_URL 和数据库服务。",
        en="The database cannot be reached: {found}. Check RONGHE_DATABASE_URL and the server.",
    ),
    "anchor-not-read": Sentence(
        zh="“{found}”不是审计链锚点。请给出 ronghe audit anchor 写出的文件。",
        en="“{found}” is no anchor of the audit chain. Give a file that ronghe audit anchor wrote.",
    ),
    "not-prepared": Sentence(
        zh="数据库还没有更新到这个版本。请先启动一次 ronghe serve。",
        en="The database is not up to date with this version. Start ronghe serve once first.",
    ),
    "pages-not-built": Sentence(
        zh="页面所需的样式和脚本还没有安装。请在项目目录运行 make run，"
        "或 python frontend/set_up.py。",
        en="The styles and scripts of the pages are not installed. Run make run in the project's "
        "folder, or python frontend/set_up.py.",
    ),
    "port-taken": Sentence(
        zh="{found} 已被别的程序占用。请先停掉它，或用 --port 换一个端口。",
        en="{found} is taken by another program. Stop that one, or choose a port with --port.",
    ),
}
