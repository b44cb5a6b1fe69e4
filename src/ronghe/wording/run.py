"""Sentences about the data of a run and its folder."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "missing-value": Sentence(
        "此处为空，应当填写。请补上这一格；整行无用的，请删去整行。",
        "this cell is empty and must not be. Fill it in, or delete the row if it serves nothing.",
    ),
    "not-a-number": Sentence(
        "“{found}”不是数字。请只填数字（如 12.5），不写单位、千分位逗号或文字；"
        "没有数据就不写这一行。",
        "“{found}” is not a number. Write digits only (such as 12.5): no unit, thousands comma or "
        "words; where there is no figure, leave the row out.",
    ),
    "number-too-large": Sentence(
        "“{found}”过大（连同小数位最多 15 位）。请改用更大的计量单位（如万元）。",
        "“{found}” is too large: 15 digits with those after the point. Use a larger unit of "
        "measurement.",
    ),
    "value-too-fine": Sentence(
        "“{found}”的小数位数超过方案的规定。请按规定位数填写，或在方案中提高该数据的小数位数；系统不代为舍入。",
        "“{found}” has more digits after the point than the scheme declares. Write it with the "
        "declared digits or raise the measure's scale; nothing is rounded silently.",
    ),
    "not-a-date": Sentence(
        "“{found}”不是日期。请写成 2025-03-01 的形式。",
        "“{found}” is not a date. Write it like 2025-03-01.",
    ),
    "not-a-flag": Sentence(
        "“{found}”应为“是”或“否”。请改正。",
        "“{found}” should be yes or no. Correct it.",
    ),
    "sum-too-large": Sentence(
        "汇总后的数值超出范围。请检查特别大的数据，或改用更大的计量单位（如万元）。",
        "added up, numbers grew out of range. Look for very large figures, or use a larger unit of "
        "measurement.",
    ),
    "measure-without-values": Sentence(
        "数据“{found}”在所给的数据中一个值也没有（期间 {expected}）。请检查数据代码和期间的写法。",
        "no unit has a value of the measure “{found}” (period {expected}). Check how its code and "
        "the period are written.",
    ),
    "measure-without-targets": Sentence(
        "数据“{found}”要与目标比较，而目标表中一个目标也没有（期间 {expected}）。"
        "请检查数据代码和期间的写法。",
        "the measure “{found}” is compared with targets, and no unit has one (period {expected})."
        " Check how its code and the period are written.",
    ),
    "kind-without-records": Sentence(
        "纪实类别“{found}”在考核期内一条也没有。如非实情，请检查类别代码的写法。",
        "there is no record of the kind “{found}” in the period. If that is not so, check how the "
        "kind is written.",
    ),
    "more-of-the-same": Sentence(
        "同样的问题还有 {found} 行，未逐一列出。改正以上各行时请一并检查。",
        "{found} more rows have the same problem and are not listed. Check them too.",
    ),
    "no-units-table": Sentence(
        "没有考核对象。请把考核对象表（如 units.csv、考核对象.xlsx）放进数据文件夹，每个单位一行。",
        "there are no units. Put the table of units (such as units.csv or units.xlsx) into the data"
        " folder, one row for each.",
    ),
    "unit-in-two-groups": Sentence(
        "同一单位出现在不同的同类组（{found}）。请只保留一行。",
        "the same unit stands in several peer groups ({found}). Keep one row.",
    ),
    "duplicate-unit": Sentence(
        "单位“{found}”重复出现。请删去多余的行。",
        "the unit “{found}” stands here again. Delete the extra row.",
    ),
    "word-not-allowed": Sentence(
        "“{found}”不在可用的词中：{expected}。请改用其中之一。",
        "“{found}” is not one of {expected}. Use one of them.",
    ),
    "unknown-parent": Sentence(
        "上级“{found}”不在考核对象表中。请先补上该单位，或改正代码。",
        "the unit above, “{found}”, is not in the table of units. Add it, or correct the code.",
    ),
    "unknown-unit": Sentence(
        "单位“{found}”不在考核对象表中。请改正代码，或在考核对象表中补上该单位。",
        "the unit “{found}” is not in the table of units. Correct the code, or add the unit there.",
    ),
    "unknown-peer-group": Sentence(
        "同类组“{found}”不在方案中；方案的同类组为：{expected}。请改正其一。",
        "the peer group “{found}” is not in the scheme, which has: "
        "{expected}. Correct one of them.",
    ),
    "duplicate-row": Sentence(
        "“{found}”在此重复：同一单位、同一事项、同一期间只能有一行。请删去多余的行；更正数据请替换原行。",
        "“{found}” stands here again: a unit has one row for the same thing and period. Delete the "
        "extra row; to correct a figure, replace the row.",
    ),
    "target-not-positive": Sentence(
        "目标值为零或负数，无法计算完成率。请填写大于 0 的目标值；没有目标的单位请删去此行。",
        "the target is zero or negative, so nothing can be divided by it. Set a target above 0, or "
        "delete the row where there is none.",
    ),
    "duplicate-record": Sentence(
        "纪实编号“{found}”重复。每条纪实只登记一次：请删去重复的行，或改正编号。",
        "the record “{found}” stands here again. A record is entered once: delete the repeat, or "
        "correct its number.",
    ),
    "negative-count": Sentence(
        "“{found}”是负数；数量、票数和评分不能为负。请改正。",
        "“{found}” is negative; quantities, votes and scores cannot be. Correct it.",
    ),
    "value-out-of-range": Sentence(
        "“{found}”超出范围（{expected}）。请改正。",
        "“{found}” is outside {expected}. Correct it.",
    ),
    "date-out-of-period": Sentence(
        "日期 {found} 不在考核期（{expected}）内。请改正日期；如确属其他期间，"
        "可加 --other-periods leave-out，这些纪实将不计入并注明条数。",
        "the date {found} is outside the period ({expected}). Correct it; if the record belongs to "
        "another period, pass --other-periods leave-out: such records are then left out and "
        "counted as such.",
    ),
    "exempts-unknown-indicator": Sentence(
        "方案中没有指标“{found}”。请改正指标代码。",
        "the scheme has no indicator “{found}”. Correct its code.",
    ),
    "no-units": Sentence(
        "没有一个考核对象符合方案（{expected}）。请检查考核对象表的类别和层级。",
        "no unit is what the scheme appraises ({expected}). Check kind and level in the units.",
    ),
    "circular-tree": Sentence(
        "单位“{found}”的上级最终又回到它自己，或超过 {expected} 层。请改正上级代码。",
        "the units above “{found}” lead back to it, or over more than {expected} levels. Correct "
        "the parent codes.",
    ),
    "missing-input": Sentence(
        "指标“{indicator}”有 {found} 个单位没有数据：{units}。请补上数据；确不适用的，"
        "登记在“不适用”表，或在方案中规定缺失时如何处理。",
        "the indicator “{indicator}” has no input for {found} unit(s): {units}. Supply it; enter "
        "units it does not apply to under exemptions, or let the scheme say what missing means.",
    ),
    "output-unwritable": Sentence(
        "这里不能写入（{found}）。请换一个有写入权限的文件夹，并检查磁盘空间。",
        "nothing can be written here ({found}). Choose a folder that you may write to, with room.",
    ),
    "output-being-written": Sentence(
        "另一次计算正在往这里写。请等它结束，或换一个文件夹。",
        "another run is writing here. Wait until it has ended, or choose another folder.",
    ),
    "output-is-current-folder": Sentence(
        "这是当前所在的文件夹，结果要整个替换输出文件夹。请另给一个文件夹，如 --out 结果。",
        "this is the folder you are in, and results take the place of a whole folder. Name another"
        " one, such as --out results.",
    ),
    "output-inside-data": Sentence(
        "结果文件夹在数据文件夹（{found}）里面；数据文件夹只读不写。请换一个文件夹。",
        "the results would lie inside the data folder ({found}), which is never written to."
        " Choose another folder.",
    ),
    "run-folder-holds-more": Sentence(
        "此处除以前的考核结果外还有：{found}；替换会一并删去。请先移走，或换一个文件夹。",
        "beside an earlier run this folder holds {found}, which replacing it would delete. Move it"
        " away, or choose another folder.",
    ),
    "data-unreadable": Sentence(
        "文件读到一半出错，多半已损坏（{found}）。请重新导出。",
        "the file cannot be read to its end and is probably damaged ({found}). Export it again.",
    ),
    "memory-full": Sentence(
        "内存不够（{found}）。请用 --memory 调高上限、用 --threads 减少线程，或换内存更大的机器。",
        "there is not enough memory ({found}). Raise --memory, lower --threads, or use a machine"
        " with more.",
    ),
    "spark-not-installed": Sentence(
        "没有安装 Spark（缺少 {found}）。请安装 ronghe[spark]，或不加 --engine spark。",
        "Spark is not installed ({found} is missing). Install ronghe[spark], or leave out"
        " --engine spark.",
    ),
    "spark-unavailable": Sentence(
        "Spark 没有启动（{found}）。请检查是否装有 Java 17 或更高版本，以及 --spark-master 的地址"
        "能否连上。",
        "Spark did not start ({found}). Check that Java 17 or later is installed and that the"
        " address given with --spark-master answers.",
    ),
    "spark-work-missing": Sentence(
        "Spark 在别的机器上（{found}），看不到本机的临时文件夹。请用 --spark-work 给出一个各台机器"
        "都能以同一路径读写的文件夹。",
        "Spark runs on other machines ({found}), which do not see this one's temporary folder."
        " Name with --spark-work a folder that all of them reach under the same path.",
    ),
    "spark-failed": Sentence(
        "Spark 计算“{expected}”时失败（{found}）。请查看 Spark 的日志；去掉 --engine spark"
        " 可在本机计算，结果相同。",
        "Spark failed while it computed “{expected}” ({found}). See its log; without --engine"
        " spark this machine computes the same results.",
    ),
    "spark-reads-no-store": Sentence(
        "这是打包的数据，由本机逐块计算，不交给 Spark。请去掉 --engine spark，或给出打包前的数据"
        "文件夹。",
        "this is a packed store, which this machine computes part by part and Spark does not read."
        " Leave out --engine spark, or name the data folder it was packed from.",
    ),
    "spark-option-alone": Sentence(
        "{found} 只在用 Spark 计算时有意义。请加上 --engine spark，或去掉这个选项。",
        "{found} means something only when Spark computes. Add --engine spark, or leave it out.",
    ),
    "machine-refuses": Sentence(
        "系统拒绝了读写（{found}）。请检查磁盘空间、权限，以及文件是否被其他程序占用。",
        "the system refused to read or write ({found}). Check room on the disk, permissions, and"
        " whether another program holds the file.",
    ),
    "not-a-run-folder": Sentence(
        "此处已有内容，且不是以前的考核结果，不能覆盖。请换一个文件夹。",
        "something else than an earlier run stands here and is not overwritten. Choose another "
        "folder.",
    ),
    "certainty-left-out": Sentence(
        "考核对象过多（同类组超过 {group} 个，或合计超过 {all} 个），没有推算名次区间和档；"
        "名次和等次不受影响。需要的，请分县、分组另行计算。",
        "there are too many units (over {group} in a peer group, or {all} in all): no rank "
        "intervals and bands were made; ranks and grades are the same. Where you need them, "
        "appraise counties or groups apart.",
    ),
    "no-such-run": Sentence(
        "这里没有考核结果（缺少 {expected}）。请给出 ronghe appraise 写出的文件夹。",
        "there is no run here ({expected} is missing). Name a folder that ronghe appraise wrote.",
    ),
    "no-such-unit": Sentence(
        "结果中没有单位“{found}”。请使用 totals.csv 中的单位代码。",
        "the run has no unit “{found}”. Use a code that stands in totals.csv.",
    ),
    "no-such-indicator": Sentence(
        "方案中没有指标“{found}”，可用的有：{expected}。",
        "the scheme has no indicator “{found}”; it has: {expected}.",
    ),
    "store-format": Sentence(
        "数据仓的格式是 {found}，本程序认得的是 {expected}。请用本程序重新打包（ronghe pack）。",
        "the store has format {found}, this program reads {expected}. Pack it again (ronghe pack).",
    ),
    "store-damaged": Sentence(
        "数据仓的清单读不懂（{found}）。请重新打包（ronghe pack）。",
        "the manifest of the store cannot be read ({found}). Pack it again (ronghe pack).",
    ),
    "store-file-missing": Sentence(
        "数据仓的清单里有这个文件，却找不到它。请从备份恢复，或重新打包（ronghe pack）。",
        "the manifest names this file and it is not there. Restore it, or pack again"
        " (ronghe pack).",
    ),
    "store-gone": Sentence(
        "计算时用的数据仓（{found}）不在原处。请放回原处，或重新计算。",
        "the store that the run was computed from ({found}) is not there. Put it back, or run"
        " anew.",
    ),
    "store-changed": Sentence(
        "数据仓已不是计算时的那一个（清单不同）。请放回原来的数据仓，或重新计算。",
        "this is not the store that the run was computed from (its manifest differs). Put that one"
        " back, or run anew.",
    ),
    "no-unit-of-level": Sentence(
        "没有层级为“{found}”的单位，无法按它分块。请用 --by 指定数据中有的层级。",
        "no unit has the level “{found}” to cut the data by. Name a level of the data with --by.",
    ),
    "part-code-unfit": Sentence(
        "单位代码“{found}”要用作文件夹名，只能用文字、数字、连字符和下划线，"
        "不超过 60 个字符。请改代码。",
        "the code “{found}” is to name a folder: only letters, digits, hyphens and underscores, at"
        " most 60. Change the code.",
    ),
    "nothing-changed": Sentence(
        "更正的数据里没有一张表。请放入要改的行（如 records.csv），列与原表相同。",
        "there is no table of changed rows. Put them in (such as records.csv), with the columns of"
        " the original table.",
    ),
    "no-such-record": Sentence(
        "要撤回的纪实“{found}”在该单位名下找不到。请核对编号和单位。",
        "the record “{found}” to be withdrawn is not one of that unit's. Check its number and"
        " unit.",
    ),
    "corrected-meanwhile": Sentence(
        "在此期间已有另一次更正或计算改了这份结果。请再执行一次同样的更正。",
        "another correction or run changed these results in the meantime. Correct once more.",
    ),
    "unit-moves-part": Sentence(
        "更正把单位移到了另一块（新的上级是“{found}”）。跨块的调整请改原始数据后重新打包计算。",
        "the correction moves a unit into another part (under “{found}”). Change the original data,"
        " pack and run anew.",
    ),
}
