"""Sentences about rosters of members that are handed in as files."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "roster-unreadable": Sentence(
        zh="文件读不出来：{found}。请用 Excel 打开确认无误后另存为 .xlsx 或 .csv，再上传。",
        en="The file cannot be read: {found}. Open it in Excel, save it as .xlsx or .csv, and "
        "send it again.",
    ),
    "roster-without-names": Sentence(
        zh="没有找到“{expected}”一列。请上传带表头的党员名册。",
        en="There is no column “{expected}”. Send a roster with a row of headings.",
    ),
    "roster-empty": Sentence(
        zh="表头下面没有人。请核对导出的名册。",
        en="There is nobody below the headings. Check the roster that was exported.",
    ),
    "roster-too-long": Sentence(
        zh="名册有 {found} 人，一次最多 {expected} 人。请按党组织分别导出。",
        en="The roster has {found} people; at most {expected} can be sent at once. Export it by "
        "organisation.",
    ),
}
