"""The calls of tokens by the minute."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Calls",
            fields=[
                ("token", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
        ),
    ]
