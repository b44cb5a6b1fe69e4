"""Sentences of the area rulebook."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "rulebook-unreadable": Sentence(
        zh="读不了这个文件（{found}）。请检查路径和权限。",
        en="This file cannot be read ({found}). Check its path and permissions.",
    ),
    "rulebook-too-large": Sentence(
        zh="文件超过 {expected} 字节的上限。请把本地规则分成几个文件。",
        en="The file is over the limit of {expected} bytes. Split the local rules into files.",
    ),
    "rulebook-not-utf8": Sentence(
        zh="文件不是 UTF-8 编码。请用 UTF-8 另存后重试。",
        en="The file is not in UTF-8. Save it as UTF-8 and try again.",
    ),
    "rulebook-yaml-syntax": Sentence(
        zh="这里不是有效的 YAML（{found}）。请检查缩进、冒号和引号。",
        en="This is not valid YAML ({found}). Check indentation, colons and quotes.",
    ),
    "rulebook-yaml-alias": Sentence(
        zh="不接受 YAML 锚点和别名（“{found}”）。请把值原样写出。",
        en="YAML anchors and aliases (“{found}”) are refused. Write the value out.",
    ),
    "rulebook-yaml-tag": Sentence(
        zh="不接受 YAML 标签（“{found}”）。请删除标签，只写值。",
        en="YAML tags (“{found}”) are refused. Remove the tag and write just the value.",
    ),
    "rulebook-yaml-duplicate-key": Sentence(
        zh="“{found}”已在第{first}行写过。请只保留一处。",
        en="“{found}” already stands in row {first}. Keep one of the two.",
    ),
    "rulebook-yaml-key": Sentence(
        zh="键必须是一个词，不能是列表或者映射。请改写这一行冒号前的部分。",
        en="A key must be a word, not a list or mapping. Rewrite what stands before the colon.",
    ),
    "rulebook-yaml-second-document": Sentence(
        zh="一个文件只能有一份内容。请删除“---”，或者把后一份放进另一个文件。",
        en="A file holds one document. Remove the “---” or put the second one in its own file.",
    ),
    "rulebook-yaml-character": Sentence(
        zh="这一行有看不见的控制字符（{found}），多半是从别处粘贴带来的。请删去后重新录入。",
        en="This row holds an invisible control character ({found}), probably pasted from "
        "elsewhere. Delete it and type the text again.",
    ),
    "rulebook-yaml-too-deep": Sentence(
        zh="嵌套超过 {expected} 层。请按文档中的格式书写。",
        en="Nested more than {expected} levels deep. Follow the format in the documentation.",
    ),
    "rulebook-shape": Sentence(
        zh="写成了“{found}”，应为“{expected}”这样的写法。请按格式改写。",
        en="Found “{found}” where something like “{expected}” belongs. Rewrite it in that form.",
    ),
    "rulebook-missing-field": Sentence(
        zh="缺少“{expected}”或者其值为空。请补上。",
        en="“{expected}” is missing or empty. Fill it in.",
    ),
    "rulebook-unknown-field": Sentence(
        zh="不认识“{found}”。这里可以有：{expected}。请改正写法或者删除。",
        en="“{found}” is not known. Here can stand: {expected}. Correct or remove it.",
    ),
    "rulebook-bad-value": Sentence(
        zh="“{found}”不对，应为：{expected}。请改正。",
        en="“{found}” does not fit; expected: {expected}. Correct it.",
    ),
    "rulebook-value-kind": Sentence(
        zh="值“{found}”与规则的类型（{kind}）不符，应写成：{expected}。请改正。",
        en="The value “{found}” does not suit the rule's kind ({kind}); write it as: {expected}.",
    ),
    "rulebook-unknown-document": Sentence(
        zh="文件目录中没有“{found}”，相近的有：{expected}。请先在目录中登记文件。",
        en="No document “{found}” in the catalogue; close ones: {expected}. Enter it there first.",
    ),
    "rulebook-duplicate-rule": Sentence(
        zh="规则“{found}”已在另一个文件中。请只保留一处，其他时期的值写在同一条下。",
        en="The rule “{found}” stands in another file too. Keep one; add dated values to it.",
    ),
    "rulebook-period-reversed": Sentence(
        zh="“{key}”的终止日 {found} 早于起始日 {expected}。请改正日期。",
        en="“{key}” ends on {found}, before it starts on {expected}. Correct the dates.",
    ),
    "rulebook-periods-overlap": Sentence(
        zh="“{key}”自 {found} 起的值与第{first}行的值（到 {expected} 为止）时间重叠。"
        "请让前一个值在后一个值开始的前一天终止。",
        en="The value of “{key}” from {found} overlaps that of row {first}, which ends {expected}. "
        "End the earlier value on the day before the later one starts.",
    ),
    "rulebook-unknown-key": Sentence(
        zh="规则库中没有“{found}”，相近的有：{expected}。请改用其中之一。",
        en="The rulebook has no “{found}”; close ones: {expected}. Use one of these.",
    ),
    "rulebook-not-in-force": Sentence(
        zh="“{key}”在 {found} 没有有效的值，已有的时期：{expected}。"
        "请核对日期，或者由组织部门用本地规则补上这一时期的值。",
        en="“{key}” has no value in force on {found}; periods known: {expected}. "
        "Check the date, or let the organisation department add a local value for it.",
    ),
    "rulebook-other-kind": Sentence(
        zh="“{key}”的类型是 {found}，这里需要 {expected}。请换一条规则。",
        en="“{key}” is of kind {found}; {expected} is needed here. Name another rule.",
    ),
    "rulebook-override-without-document": Sentence(
        zh="本地规则没有写明依据的文件（{expected}）。请写上文件名称和文号。",
        en="This local value names no document ({expected}). Give the document and its number.",
    ),
    "rulebook-override-unconfirmed": Sentence(
        zh="本地规则没有确认人或者确认日期（{expected}）。请写明由谁在哪一天确认。",
        en="Nobody confirmed this local value ({expected}). Say who confirmed it and on which day.",
    ),
}
