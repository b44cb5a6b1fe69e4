"""Sentences about the structure of a scheme: keys, types and values."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "missing-key": Sentence(
        zh="缺少必填项 {expected}。请补上。",
        en="{expected} is missing. Please add it.",
    ),
    "unknown-key": Sentence(
        zh="不认识“{found}”。请删去，或改为这里可以写的：{expected}。",
        en="“{found}” is not known here. Remove it, or use one of: {expected}.",
    ),
    "rule-without-parameter": Sentence(
        zh="计分方法 {rule} 缺少参数 {expected}。请补上。",
        en="The rule {rule} lacks its parameter {expected}. Please add it.",
    ),
    "unknown-rule": Sentence(
        zh="没有“{found}”这种计分方法。可用的有：{expected}。",
        en="There is no rule “{found}”. Use one of: {expected}.",
    ),
    "unknown-source": Sentence(
        zh="没有“{found}”这种数据来源。可用的有：{expected}。",
        en="There is no source “{found}”. Use one of: {expected}.",
    ),
    "not-one-of": Sentence(
        zh="{key} 不能是“{found}”。请从中选一个：{expected}。",
        en="{key} cannot be “{found}”. Choose one of: {expected}.",
    ),
    "out-of-range": Sentence(
        zh="{key} 现为 {found}，应 {expected}。请改正。",
        en="{key} is {found}, it should be {expected}. Please correct it.",
    ),
    "too-many-decimals": Sentence(
        zh="{key} 现为 {found}，小数最多 {expected} 位。请先确定取舍，不要让系统替您四舍五入。",
        en="{key} is {found}; at most {expected} digits may follow the point. "
        "Please decide yourself how to shorten it: nothing is rounded for you.",
    ),
    "too-many-digits": Sentence(
        zh="{key} 现为 {found}，数字最多 {expected} 位。请检查是否多写了，或换用更大的计量单位。",
        en="{key} is {found}; it may have at most {expected} digits. "
        "Check for a slip, or use a larger unit of measurement.",
    ),
    "value-not-number": Sentence(
        zh="{key} 应为数字，现为“{found}”。请只写数字，单位和百分号不要写在一起。",
        en="{key} should be a number, but is “{found}”. "
        "Write the number alone, without unit or percent sign.",
    ),
    "value-not-number-or-word": Sentence(
        zh="{key} 应为数字或 {expected}，现为“{found}”。请改正。",
        en="{key} should be a number or {expected}, but is “{found}”. Please correct it.",
    ),
    "value-not-whole": Sentence(
        zh="{key} 应为整数，现为“{found}”。请改正。",
        en="{key} should be a whole number, but is “{found}”. Please correct it.",
    ),
    "value-not-yes-or-no": Sentence(
        zh="{key} 应为 true（是）或 false（否），现为“{found}”。请改正。",
        en="{key} should be true or false, but is “{found}”. Please correct it.",
    ),
    "value-not-date": Sentence(
        zh="{key} 应为日期，如 2025-01-31，现为“{found}”。请改正。",
        en="{key} should be a date such as 2025-01-31, but is “{found}”. Please correct it.",
    ),
    "value-not-text": Sentence(
        zh="{key} 应为文字，现为“{found}”。请改正。",
        en="{key} should be text, but is “{found}”. Please correct it.",
    ),
    "value-not-list": Sentence(
        zh="{key} 应为列表，现为“{found}”。请每项一行、以“- ”开头，或写在方括号里。",
        en="{key} should be a list, but is “{found}”. "
        "Write each item on a line after “- ”, or all of them in square brackets.",
    ),
    "value-not-mapping": Sentence(
        zh="{key} 应写成“键: 值”的形式，现为“{found}”。请对照格式说明改写。",
        en="{key} should be written as “key: value”, but is “{found}”. See the format reference.",
    ),
    "value-not-readable": Sentence(
        zh="{key} 的“{found}”无法识别。请对照格式说明改写。",
        en="“{found}” cannot be read as {key}. See the format reference.",
    ),
    "bad-code": Sentence(
        zh="{key}“{found}”不合规则：应以小写字母开头，只含小写字母、数字、“_”“-”，最多 40 个字符。"
        "请改写，例如 jobs_2025。",
        en="{key} “{found}” is no valid code: small letters, digits, “_” and “-”, a letter first, "
        "at most 40. Write for example jobs_2025.",
    ),
    "text-empty": Sentence(
        zh="此处的文字是空的。请填写，或整项删去。",
        en="The text here is empty. Fill it in, or remove the whole entry.",
    ),
    "text-too-long": Sentence(
        zh="{key} 的文字超过 {expected} 个字符。请缩短。",
        en="The text of {key} is longer than {expected} characters. Please shorten it.",
    ),
    "text-unprintable": Sentence(
        zh="文字中有看不见的控制字符（{found}），多半是从别处粘贴带来的。请删去后重新录入这段文字。",
        en="The text holds an invisible control character ({found}), probably pasted from "
        "elsewhere. Delete it and type the text again.",
    ),
    "too-few-items": Sentence(
        zh="{key} 至少要有 {expected} 项，现有 {found} 项。请补上。",
        en="{key} needs at least {expected} entries and has {found}. Please add to it.",
    ),
    "too-many-items": Sentence(
        zh="{key} 最多 {expected} 项，现有 {found} 项。请减少。",
        en="{key} takes at most {expected} entries and has {found}. Please shorten it.",
    ),
    "threshold-twice": Sentence(
        zh="分档的界限 {found} 写了两次。请只留一个。",
        en="The threshold {found} is written twice. Keep one of them.",
    ),
}
