"""Sentences of the area tables: files of data and workbooks, as they are read and written."""

from __future__ import annotations

from ronghe.wording import Sentence

_FOLDER = {
    "folder-is-a-file": Sentence(
        "这是一个文件，应给出数据所在的文件夹。请把数据文件放进一个文件夹，给出该文件夹。",
        "This is a file; name the folder that holds the data files.",
    ),
    "folder-is-a-run": Sentence(
        "这是以前的考核结果，其中的表是计算用的中间形式，不能当作数据。请给出原来的数据文件夹。",
        "These are the results of a run; the tables kept there are in the form of the computation"
        " and are no data. Name the folder that the data came from.",
    ),
    "folder-not-found": Sentence(
        "没有这个文件夹。请检查路径。",
        "There is no such folder. Check the path.",
    ),
    "file-not-used": Sentence(
        "文件名或工作表名不对应任何数据表，未读取。可用的表：{expected}。"
        "如需读取，请以表名命名（如“表名.csv”“表名-2025.xlsx”）。",
        "No table has the name of this file or of its sheets; it was not read. Tables: {expected}."
        " To have it read, name it after its table (NAME.csv, NAME-2025.xlsx).",
    ),
    "link-out-of-folder": Sentence(
        "这是指向文件夹之外的链接（{found}），不予读取。请把文件本身放进来。",
        "This is a link that leads out of the folder ({found}) and is not followed."
        " Put the file itself here.",
    ),
    "file-unreadable": Sentence(
        "文件打不开（{found}）。请检查是否被其他程序占用、是否有读取权限。",
        "The file cannot be opened ({found}). See whether another program holds it and whether"
        " you may read it.",
    ),
    "file-empty": Sentence(
        "文件是空的。第一行应为列名；不需要这张表时，请删去文件。",
        "The file is empty. Its first row should hold the headings; without need of this table,"
        " remove the file.",
    ),
    "file-too-large": Sentence(
        "文件大小为 {found} 字节，上限为 {expected} 字节。请分成几个文件（如“表名-1.csv”"
        "“表名-2.csv”），或改用 Parquet 格式。",
        "The file has {found} bytes; {expected} are the limit. Split it (NAME-1.csv, NAME-2.csv)"
        " or use Parquet.",
    ),
    "formats-mixed": Sentence(
        "数据表“{found}”已有 Parquet 文件，不能再用 CSV 或 Excel 文件。请只留一种格式。",
        "The table “{found}” comes as Parquet already; CSV or Excel cannot join it."
        " Keep one format.",
    ),
    "more-problems": Sentence(
        "另有 {found} 处问题未列出。请先改正已列出的，再检查一次。",
        "{found} more problems are not listed. Correct those listed and check again.",
    ),
}

_HEADINGS = {
    "column-missing": Sentence(
        "缺少必需的列：{expected}。现有列名：{found}。请在列名行补上（中文或英文列名均可）；"
        "若上方另有标题行，请删去，让列名成为第一行。",
        "Required columns are missing: {expected}. The headings found are: {found}. Add them to the"
        " row of headings, in Chinese or English; a title above it has to go, so that the"
        " headings come first.",
    ),
    "column-repeated": Sentence(
        "同一列出现了 {times} 次（{found}）。请只留一列。",
        "The same column is there {times} times ({found}). Keep one.",
    ),
    "column-not-used": Sentence(
        "这些列不在表的定义中，未读取：{found}。如应读取，请检查列名。",
        "These columns are not part of the table and were not read: {found}."
        " If they should be, check the headings.",
    ),
    "too-many-columns": Sentence(
        "有 {found} 列，上限为 {expected} 列。请删去不用的列；只有几列时，"
        "请检查是否有内容误填在很远的列。",
        "There are {found} columns; {expected} are the limit. Remove those not needed, and look"
        " for stray content far to the right.",
    ),
}

_TEXT_FILES = {
    "encoding-unknown": Sentence(
        "此行有不属于 {tried} 编码的字节（{found}）。可识别 UTF-8、带标记的 UTF-16 和 GB18030"
        "（含 GBK、GB2312）。请用原软件重新另存为“CSV UTF-8”。",
        "This line has bytes that are not {tried} ({found}). UTF-8, UTF-16 with a mark and GB18030"
        " (with GBK and GB2312) are understood. Save it again as “CSV UTF-8” where it came from.",
    ),
    "nul-byte": Sentence(
        "此行有空字节（NUL），文件可能已损坏，或是没有标记的 UTF-16。请重新导出为“CSV UTF-8”。",
        "This line has a NUL byte: the file is damaged or is UTF-16 without a mark."
        " Export it again as “CSV UTF-8”.",
    ),
    "row-field-count": Sentence(
        "此行有 {found} 个单元格，应为 {expected} 个（与列名行相同）。"
        "请检查是否多了或少了分隔符；单元格内含分隔符时，请用双引号括起。",
        "This row has {found} cells; the row of headings has {expected}. Look for a delimiter too"
        " many or too few; a cell that contains one is put in double quotes.",
    ),
    "quote-unbalanced": Sentence(
        "从此行起双引号不成对：{found}。请补上或删去双引号；单元格内的双引号写作两个。",
        "From this row on a double quote has no partner: {found}. Add or remove one; inside a cell"
        " a double quote is written twice.",
    ),
    "line-too-long": Sentence(
        "此行过长。请检查是否缺少换行，或双引号不成对。",
        "This row is too long. Look for a missing line end or a double quote without partner.",
    ),
    "row-unreadable": Sentence(
        "此行无法读取：{found}。请对照上下行检查。",
        "This row cannot be read: {found}. Compare it with its neighbours.",
    ),
    "csv-unreadable": Sentence(
        "文件不是可以读取的 CSV。请用电子表格软件打开检查，再另存为“CSV UTF-8”。",
        "The file is no CSV that can be read. Open it in a spreadsheet, look through it and save it"
        " as “CSV UTF-8”.",
    ),
}

_WORKBOOKS = {
    "workbook-old-format": Sentence(
        "这是旧的或其他格式的电子表格（{found}）。请另存为 .xlsx。",
        "This is a spreadsheet of an old or another format ({found}). Save it as .xlsx.",
    ),
    "workbook-encrypted": Sentence(
        "工作簿有打开密码，无法读取。请取消密码后再交。",
        "The workbook has a password and cannot be read. Remove the password.",
    ),
    "workbook-damaged": Sentence(
        "工作簿已损坏或不是 Excel 文件（{found}）。请用 Excel 或 WPS 打开后重新另存为 .xlsx。",
        "The workbook is damaged or is none ({found}). Open it in Excel or WPS and save it again"
        " as .xlsx.",
    ),
    "workbook-too-many-parts": Sentence(
        "工作簿内有 {found} 个部件，上限为 {expected} 个。请把数据复制到新的工作簿。",
        "The workbook has {found} parts; {expected} are the limit. Copy the data to a new one.",
    ),
    "workbook-unpacks-too-large": Sentence(
        "工作簿展开后过大（{found} 字节，上限 {expected} 字节），不予展开。"
        "请分成几个工作簿，或改用 CSV。",
        "Unpacked, the workbook is too large ({found} bytes; the limit is {expected}); it was not"
        " unpacked. Split it or use CSV.",
    ),
    "workbook-ratio": Sentence(
        "工作簿展开后是原来的 {found} 倍（上限 {expected} 倍），像是压缩炸弹，不予展开。"
        "如是正常数据，请改用 CSV。",
        "Unpacked, the workbook is {found} times its size (the limit is {expected}), as a zip bomb"
        " is; it was not unpacked. If the data are in order, use CSV.",
    ),
    "workbook-declares-entities": Sentence(
        "工作簿的部件“{found}”带有文档类型声明，正常的工作簿没有，不予读取。"
        "请用 Excel 或 WPS 打开后重新另存为 .xlsx。",
        "The part “{found}” declares a document type, which no proper workbook does; it was not"
        " read. Open it in Excel or WPS and save it again as .xlsx.",
    ),
    "sheet-hidden": Sentence(
        "工作表是隐藏的，其中的数据看不见。请取消隐藏；不用的，请删去。",
        "The sheet is hidden, and with it its data. Unhide it, or delete it if it is not needed.",
    ),
    "sheet-empty": Sentence(
        "工作表是空的。第一行应为列名；不需要这张表时，请删去。",
        "The sheet is empty. Its first row should hold the headings; if it is not needed,"
        " delete it.",
    ),
    "sheet-not-used": Sentence(
        "工作表 {found} 不对应任何数据表，未读取。可用的表：{expected}。",
        "The sheets {found} are no tables and were not read. Tables: {expected}.",
    ),
    "sheet-too-large": Sentence(
        "工作表的内容延伸到 {found}，超过 {expected} 个单元格。"
        "请删去远处误填的内容，或分成几个文件。",
        "The sheet's content reaches {found}, more than {expected} cells. Remove stray content far"
        " away, or split the sheet.",
    ),
}

_CELLS = {
    "cells-merged": Sentence(
        "合并单元格 {found}：除左上角外都没有值。请取消合并，并逐行填写。",
        "The cells {found} are merged: all but the first are empty. Unmerge them and fill in each"
        " row.",
    ),
    "row-hidden": Sentence(
        "隐藏的行（{found}）中有数据。请取消隐藏或筛选；不用的行，请删去。",
        "Hidden rows ({found}) hold data. Unhide them or lift the filter; delete those not needed.",
    ),
    "column-hidden": Sentence(
        "{found} 列是隐藏的，却有要读取的数据。请取消隐藏；不用的列，请删去。",
        "Column {found} is hidden but would be read. Unhide it, or delete it if it is not needed.",
    ),
    "cell-error": Sentence(
        "单元格是错误值 {found}。请改正公式，或填入正确的值。",
        "The cell holds the error {found}. Correct the formula or enter the value.",
    ),
    "formula-without-value": Sentence(
        "公式没有算出的结果。请用 Excel 或 WPS 打开并保存一次，或把公式换成数值。",
        "The formula has no computed value. Open the file in Excel or WPS and save it, or put the"
        " value in its place.",
    ),
    "digits-lost": Sentence(
        "代码“{found}”被当成了数字，第 15 位以后的数字已经丢失。请把该列设为文本格式，再重新填写。",
        "The code “{found}” was taken for a number, and its digits after the 15th are lost."
        " Format the column as text and enter it again.",
    ),
    "formula-in-text": Sentence(
        "文本“{found}”的开头像公式，在电子表格中打开时可能被执行。"
        "请去掉开头的 =、+、-、@（全角的也算）、制表符或换行。",
        "The text “{found}” begins like a formula and could be run when opened in a spreadsheet."
        " Remove the =, +, -, @ (also in full width), tab or line end at its beginning.",
    ),
}

_PARQUET = {
    "parquet-damaged": Sentence(
        "Parquet 文件已损坏或不完整（{found}）。请重新导出。",
        "The Parquet file is damaged or incomplete ({found}). Export it again.",
    ),
    "parquet-nested": Sentence(
        "此列的类型是 {found}，应为单个值（文本、数字、日期或是否）。请展开或转换后重新导出。",
        "This column's type is {found}; it should hold single values (text, number, date or flag)."
        " Unnest or convert it and export it again.",
    ),
    "parquet-types-differ": Sentence(
        "此列的类型是 {found}，而同一张表的其他文件是 {expected}。请统一类型后重新导出。",
        "This column's type is {found}; in other files of the table it is {expected}."
        " Export them with one type.",
    ),
}

_WRITING = {
    "excel-not-a-number": Sentence(
        "值 {found} 不能写入 Excel 的数字单元格。请先查明为何不是有限的数。",
        "The value {found} cannot be written as a number to Excel. Find out why it is not finite.",
    ),
    "excel-text-too-long": Sentence(
        "文本有 {found} 个字符，Excel 单元格最多 {expected} 个。请缩短，或改用 CSV。",
        "The text has {found} characters; an Excel cell takes {expected}. Shorten it or use CSV.",
    ),
    "excel-too-many-rows": Sentence(
        "行数超过 Excel 工作表的上限 {expected} 行。请改用 CSV 或 Parquet，或分成几张表。",
        "There are more rows than the {expected} of an Excel sheet. Use CSV or Parquet, or split"
        " the table.",
    ),
}

SENTENCES: dict[str, Sentence] = {
    **_FOLDER,
    **_HEADINGS,
    **_TEXT_FILES,
    **_WORKBOOKS,
    **_CELLS,
    **_PARQUET,
    **_WRITING,
}
