"""Sentences of the generator of demonstration data."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "demo-members-out-of-range": Sentence(
        zh="要生成 {found} 名党员，应在 {expected} 之间。请改用这个范围内的人数。",
        en="{found} members were asked for; the number lies within {expected}."
        " Choose a number in that range.",
    ),
    "demo-too-large-for-excel": Sentence(
        zh="一个工作表放不下 {found} 名党员的纪实，Excel 最多 {expected} 名。"
        "请减少人数，或改用 CSV、Parquet。",
        en="The records of {found} members do not fit into a worksheet; Excel takes {expected}"
        " at most. Ask for fewer members, or for CSV or Parquet.",
    ),
    "demo-folder-in-use": Sentence(
        zh="“{found}”已存在，且不是空文件夹或以前生成的演示数据。请另选文件夹，或先移走其中的内容。",
        en="“{found}” exists and is neither empty nor earlier demonstration data."
        " Choose another folder, or move its contents away first.",
    ),
}
