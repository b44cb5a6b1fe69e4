"""Sentences about scheme files: YAML and Excel."""

from __future__ import annotations

from ronghe.wording import Sentence

_FILES = {
    "scheme-file-missing": Sentence(
        zh="找不到这个文件。请检查路径和文件名。",
        en="There is no such file. Check its path and name.",
    ),
    "scheme-file-unreadable": Sentence(
        zh="读不了这个文件（{found}）。请检查权限，或先在别的程序里关闭它。",
        en="This file cannot be read ({found}). Check permissions, or close it elsewhere.",
    ),
    "scheme-file-empty": Sentence(
        zh="文件是空的。可用“ronghe scheme template”生成一份样表。",
        en="The file is empty. “ronghe scheme template” writes one to start from.",
    ),
    "scheme-file-too-large": Sentence(
        zh="文件有 {found} 字节，超过 {expected} 字节的上限。"
        "考核方案不会这么大，请确认选对了文件。",
        en="The file has {found} bytes, over the limit of {expected}. "
        "No scheme is that large: make sure that it is the right file.",
    ),
    "scheme-too-large": Sentence(
        zh="文件有 {found} 个字符，超过 {expected} 个的上限。"
        "考核方案不会这么大，请确认选对了文件。",
        en="The file has {found} characters, over the limit of {expected}. "
        "No scheme is that large: make sure that it is the right file.",
    ),
    "scheme-file-is-folder": Sentence(
        zh="这是一个文件夹。请给出其中的方案文件（.yaml 或 .xlsx）。",
        en="This is a folder. Name the file of the scheme in it (.yaml or .xlsx).",
    ),
    "scheme-file-misnamed": Sentence(
        zh="文件名以“{found}”结尾，内容却是 Excel 工作簿。请把文件名改为 .xlsx 结尾。",
        en="The name ends in “{found}”, but the file is an Excel workbook. Rename it to .xlsx.",
    ),
    "scheme-file-kind": Sentence(
        zh="不支持“{found}”类型的文件。请用：{expected}。",
        en="Files of the kind “{found}” are not supported. Use one of: {expected}.",
    ),
    "scheme-encoding-unknown": Sentence(
        zh="从这一行起认不出文字编码。请用 UTF-8 或 GB18030（GBK）另存后重试。",
        en="From this row on the text is in no known encoding. Save it as UTF-8 or GB18030.",
    ),
}

_YAML = {
    "scheme-yaml-not-mapping": Sentence(
        zh="文件的内容不是“键: 值”的形式。请确认选对了文件；可用“ronghe scheme template”"
        "生成一份样表对照。",
        en="The file does not hold “key: value” pairs. Make sure that it is the right one; "
        "“ronghe scheme template” writes one to compare with.",
    ),
    "scheme-yaml-character": Sentence(
        zh="这一行有看不见的控制字符（{found}），多半是从别处粘贴带来的。请删去后重新录入。",
        en="This row holds an invisible control character ({found}), probably pasted from "
        "elsewhere. Delete it and type the text again.",
    ),
    "scheme-yaml-syntax": Sentence(
        zh="这里不是有效的 YAML（{found}）。请检查缩进、冒号后的空格和引号。",
        en="This is not valid YAML ({found}). Check indentation, the space after colons, quotes.",
    ),
    "scheme-yaml-wide-colon": Sentence(
        zh="这里用了中文冒号“：”。请改为英文冒号加一个空格“: ”。",
        en="There is a full-width colon “：”. Write an ordinary colon and a space “: ”.",
    ),
    "scheme-yaml-tab": Sentence(
        zh="这一行用制表符缩进。YAML 只能用空格缩进，请改为空格。",
        en="This row is indented with a tab. YAML is indented with spaces only.",
    ),
    "scheme-yaml-alias": Sentence(
        zh="不接受 YAML 的锚点和别名（“{found}”）。请把内容原样写出。",
        en="YAML anchors and aliases (“{found}”) are refused. Write the content out.",
    ),
    "scheme-yaml-tag": Sentence(
        zh="不接受 YAML 标签（“{found}”），方案里也不能有代码。请删去标签，只写内容。",
        en="YAML tags (“{found}”) are refused, and so is code. Remove the tag.",
    ),
    "scheme-yaml-duplicate-key": Sentence(
        zh="“{found}”在第{first}行已经写过。请只留一处。",
        en="“{found}” already stands in row {first}. Keep one of the two.",
    ),
    "scheme-yaml-key": Sentence(
        zh="冒号前应是一个词，不能是列表或多层内容。请改写这一行。",
        en="What stands before a colon is one word, no list or mapping. Rewrite this row.",
    ),
    "scheme-yaml-second-document": Sentence(
        zh="一个文件只放一个方案。请删去“---”，或把后一个放进另一个文件。",
        en="A file holds one scheme. Remove the “---”, or put the second into its own file.",
    ),
    "scheme-yaml-too-deep": Sentence(
        zh="嵌套超过 {expected} 层。请减少指标的级数。",
        en="Nested more than {expected} levels deep. Use fewer levels of indicators.",
    ),
}

_EXCEL = {
    "scheme-sheet-missing": Sentence(
        zh="缺少工作表“{expected}”。请确认这是考核方案，不要改动表名；"
        "可用“ronghe scheme template”生成一份样表对照。",
        en="The sheet “{expected}” is missing. Make sure that this is a scheme and do not rename "
        "sheets; “ronghe scheme template” writes a workbook to compare with.",
    ),
    "scheme-sheet-unknown": Sentence(
        zh="不认识工作表“{found}”，没有读取。若其中有方案内容，请把表名改为：{expected}。",
        en="The sheet “{found}” is not known and was not read. If it belongs to the scheme, "
        "give it one of the names: {expected}.",
    ),
    "scheme-column-missing": Sentence(
        zh="缺少“{expected}”这一列。请补上列名；列名在第一个有内容的行。",
        en="The column “{expected}” is missing. Headings stand in the first row with content.",
    ),
    "scheme-column-unknown": Sentence(
        zh="不认识“{found}”这一列。请改为表中规定的列名，或移到别的工作表：{expected}。",
        en="The column “{found}” is not known. Use the given headings ({expected}), or move it to "
        "another sheet.",
    ),
    "scheme-column-twice": Sentence(
        zh="“{found}”这一列有两列。请只留一列。",
        en="There are two columns “{found}”. Keep one.",
    ),
    "scheme-cell-without-heading": Sentence(
        zh="“{found}”所在的列没有列名。请补上列名，或删去这一格。",
        en="The column of “{found}” has no heading. Add one, or clear the cell.",
    ),
    "scheme-item-unknown": Sentence(
        zh="不认识项目“{found}”。这里可以有：{expected}。",
        en="The item “{found}” is not known. There can be: {expected}.",
    ),
    "scheme-item-twice": Sentence(
        zh="项目“{found}”写了两行。请只留一行。",
        en="The item “{found}” stands in two rows. Keep one.",
    ),
    "scheme-parent-unknown": Sentence(
        zh="没有代码为“{found}”的上级。请改为：{expected}。",
        en="No row above has the code “{found}”. Use one of: {expected}.",
    ),
    "scheme-parent-circle": Sentence(
        zh="这一行与“{found}”互为上级，没有归到总方案之下。请把最上一级的上级代码留空。",
        en="This row and “{found}” are above each other and hang in the air. Leave the code of the "
        "group above empty at the top.",
    ),
    "scheme-peer-group-nameless": Sentence(
        zh="考核分组没有代码。请填写，如“平原乡镇”。",
        en="The peer group has no code. Fill it in.",
    ),
    "scheme-peer-group-twice": Sentence(
        zh="考核分组“{found}”写了两行。请只留一行。",
        en="The peer group “{found}” stands in two rows. Keep one.",
    ),
    "scheme-parameter-unclear": Sentence(
        zh="参数“{found}”没有写成“名称=值”。请改写，如“目标=100；方向=越少越好”。",
        en="The parameter “{found}” is not written as label=value, as in "
        "“目标=100；方向=越少越好”.",
    ),
    "scheme-parameter-twice": Sentence(
        zh="参数“{found}”写了两次，或不该写在这里。请只留一个。",
        en="The parameter “{found}” is written twice, or does not belong here. Keep one.",
    ),
    "scheme-part-unclear": Sentence(
        zh="组合方法的这一行看不懂：“{found}”。请写成“水平 60% 完成率：目标=100”的样子，"
        "每部分一行。",
        en="This row of a combined rule is not clear: “{found}”. Write each part on a line, like "
        "“水平 60% 完成率：目标=100”.",
    ),
    "scheme-cell-too-long": Sentence(
        zh="这段文字有 {found} 个字符，Excel 单元格最多 {expected} 个。请缩短，或改用 YAML 文件。",
        en="This text has {found} characters; a cell of Excel holds {expected}. Shorten it, or use "
        "a YAML file.",
    ),
}

SENTENCES: dict[str, Sentence] = {**_FILES, **_YAML, **_EXCEL}
