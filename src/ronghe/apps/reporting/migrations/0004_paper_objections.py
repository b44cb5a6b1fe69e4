"""Objections entered on behalf of who has no account."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0002_blocks"),
        ("reporting", "0003_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperObjection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("letter", "书面递交或来信"),
                            ("visit", "当面口述，记录后本人签字"),
                            ("phone", "电话"),
                            ("message", "电子邮件或短信"),
                        ],
                        max_length=10,
                        verbose_name="怎样收到",
                    ),
                ),
                ("received", models.DateField(verbose_name="收到日期")),
                ("name", models.CharField(blank=True, max_length=100)),
                ("ending", models.CharField(blank=True, max_length=5)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.objection",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_objections",
                        to="reporting.report",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
