"""Sentences about backing up, restoring, moving and keys."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "backup-from-newer-version": Sentence(
        zh="这份备份由较新的版本（{expected}）做成，本版本不认识其中的 {found}。"
        "请先升级程序，再恢复。",
        en="This backup was made by a newer version ({expected}); this one does not know {found}. "
        "Upgrade the program first, then restore.",
    ),
    "backup-of-another-format": Sentence(
        zh="备份的格式是 {found}，本版本读得懂的是 {expected}。请用做这份备份的版本恢复。",
        en="The backup is of format {found}; this version reads {expected}. Restore it with the "
        "version that made it.",
    ),
    "backup-part-damaged": Sentence(
        zh="{found} 与清单上的校验和不符，备份已损坏。请换一份备份。",
        en="{found} does not have the checksum of the manifest: the backup is damaged. Take "
        "another one.",
    ),
    "backup-part-unexpected": Sentence(
        zh="{found} 与清单对不上（多出、缺少或名称不当）。请换一份备份。",
        en="{found} does not agree with the manifest (added, missing or badly named). Take another "
        "backup.",
    ),
    "backup-tables-differ": Sentence(
        zh="备份里的表或栏目与它自己注明的版本不一致：{found}。请换一份备份。",
        en="The tables or columns are not those of the version the backup states: {found}. Take "
        "another one.",
    ),
    "database-damaged": Sentence(
        zh="数据库文件已损坏：{found}。请停止网站，用最近的备份恢复："
        "ronghe restore 备份 --replace。",
        en="The database file is damaged: {found}. Stop the site and restore the latest backup: "
        "ronghe restore FILE --replace.",
    ),
    "database-newer": Sentence(
        zh="数据库由较新的版本用过，本版本不认识其中的 {found}。请换回较新的程序，"
        "或恢复升级前的备份。",
        en="A newer version has worked on this database; this one does not know {found}. Install "
        "the newer program again, or restore the backup of before the upgrade.",
    ),
    "file-already-there": Sentence(
        zh="已经有这个文件，不覆盖。请换一个名字，或先移走它。",
        en="There is such a file already, which is not overwritten. Choose another name, or move "
        "it away.",
    ),
    "installation-being-exchanged": Sentence(
        zh="正在恢复或迁移数据。请等它结束再启动。",
        en="Data are being restored or moved. Wait until that is done, then start.",
    ),
    "installation-in-use": Sentence(
        zh="网站或后台任务正在使用这些数据。请先停止它们，再做一次。",
        en="The site or its worker is using these data. Stop them first, then try again.",
    ),
    "installation-not-empty": Sentence(
        zh="这里已经有账号或组织，没有恢复。要替换，请加 --replace，原来的数据会另存一处。",
        en="There are accounts or organisations here already; nothing was restored. To replace "
        "them add --replace: what is there is kept aside.",
    ),
    "keep-needs-a-folder": Sentence(
        zh="--keep 只用于备份到文件夹。请给出已有的文件夹，或去掉 --keep。",
        en="--keep is for backing up into a folder. Name a folder that exists, or leave --keep "
        "out.",
    ),
    "keep-too-few": Sentence(
        zh="--keep 是 {found}，至少应为 1。", en="--keep is {found}; it should be at least 1."
    ),
    "keys-do-not-open": Sentence(
        zh="口令不对，或者这不是 ronghe keys export 存出的文件。请核对口令和文件。",
        en="The password is wrong, or this is no file of ronghe keys export. Check both.",
    ),
    "keys-not-there": Sentence(
        zh="没有密钥文件。还没有加密过号码时就没有它；否则请从另存的文件放回：ronghe keys import。",
        en="There is no key file. Where no number was sealed yet there is none; otherwise bring it "
        "in from where it is kept: ronghe keys import.",
    ),
    "move-from-embedded-only": Sentence(
        zh="现在用的是 {found}，只能从内置数据库迁出。请去掉 RONGHE_DATABASE_URL 再做。",
        en="The database in use is {found}; only the embedded one can be moved. Unset "
        "RONGHE_DATABASE_URL and try again.",
    ),
    "not-a-backup": Sentence(
        zh="这不是 ronghe backup 做的备份，或者没有写完。请换一份。",
        en="This is no backup made by ronghe backup, or not a whole one. Take another.",
    ),
    "other-keys-there": Sentence(
        zh="这里已经有另外的密钥，没有改动。如果还没有用它们加密过，请先移走这个文件。",
        en="Other keys are there already, and were left alone. If nothing was sealed with them, "
        "move that file away first.",
    ),
    "restored-rows-differ": Sentence(
        zh="表 {found} 写入后读出来与备份不一致，已放弃，什么也没有改变。请报告这个问题。",
        en="The table {found} did not read back as it is in the backup; given up, with nothing "
        "changed. Please report this.",
    ),
    "target-not-empty": Sentence(
        zh="目标数据库里已经有账号或组织。请换一个空的数据库。",
        en="The target database holds accounts or organisations already. Take an empty one.",
    ),
}
