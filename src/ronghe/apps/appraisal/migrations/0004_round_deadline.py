"""The time for appeals is counted from the day of disclosure, and may be provisional."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0003_trials")]

    operations = [
        migrations.AddField("round", "disclosed", models.DateField(null=True)),
        migrations.AddField("round", "provisional", models.BooleanField(default=False)),
    ]
