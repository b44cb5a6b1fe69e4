"""Sentences about indicators and the duty lists, and about reading such a list."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "duty-withdrawn": Sentence(
        zh="“{title}”考核的“{found}”已由上级部门收回，不得设置考核指标。请删去。",
        en="“{title}” appraises “{found}”, which a higher department has taken back: no indicator "
        "may be set on it. Remove it.",
    ),
    "duty-looks-withdrawn": Sentence(
        zh="“{title}”与已收回事项“{found}”很像。若是同一件事请删去；若不是，"
        "请在职责依据中写明基本履职事项。",
        en="“{title}” looks like the withdrawn duty “{found}”. Remove it if they are the same; if "
        "not, name the basic duty behind it.",
    ),
    "duty-assisting": Sentence(
        zh="“{title}”的依据“{found}”是配合履职事项，由上级部门牵头，不能按基本履职事项考核。"
        "请删去，或只考核清单写明的配合职责。",
        en="“{title}” rests on “{found}”, an assisting duty that a higher department leads; it is "
        "not appraised as a basic one. Remove it, or appraise only the part the list names.",
    ),
    "duty-not-listed": Sentence(
        zh="“{title}”的职责依据“{found}”不在履职事项清单中。请照清单原名或序号填写；"
        "清单中没有的不宜考核。",
        en="“{title}” rests on “{found}”, which is on no duty list. Use the list's own wording or "
        "number; what is on no list should not be appraised.",
    ),
    "duty-only-a-heading": Sentence(
        zh="“{title}”的职责依据“{found}”只是清单的类别。同一类别下三张清单都有事项，"
        "请写到具体事项。",
        en="“{title}” rests on “{found}”, which is only a heading of the lists. Name the item.",
    ),
    "duty-not-named": Sentence(
        zh="“{title}”没有写职责依据。请填写履职事项清单中的事项名称或序号。",
        en="“{title}” names no duty. Fill in the item of the duty list, by wording or number.",
    ),
    "duty-list-unreadable": Sentence(
        zh="读不出履职事项清单（{found}）。请另存为 .xlsx 或 .csv 后再试。",
        en="The duty list cannot be read ({found}). Save it as .xlsx or .csv and try again.",
    ),
    "duty-list-columns": Sentence(
        zh="找不到“事项名称”一列（现有：{found}）。请在表头写明：{expected}。",
        en="There is no column for the duty's wording (found: {found}). Use the headings: "
        "{expected}.",
    ),
    "duty-list-kind": Sentence(
        zh="看不出“{found}”属于哪张清单。请在“清单”一列写 {expected}，或以此命名工作表。",
        en="It is not clear which list “{found}” belongs to. Say so in a column 清单 ({expected}), "
        "or name the sheet so.",
    ),
    "duty-list-twice": Sentence(
        zh="“{found}”在{expected}中也有。同一事项不能分属两张清单，请核对清单。",
        en="“{found}” is also on the list: {expected}. One duty cannot be on two lists; check "
        "them.",
    ),
    "duty-list-empty": Sentence(
        zh="清单里没有事项。请核对文件。",
        en="The list holds no duty. Check the file.",
    ),
}
