"""Rounds over some peer groups or chosen units."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0006_one_publicity_one_sign_off")]

    operations = [
        migrations.AddField("round", "groups", models.JSONField(default=list)),
        migrations.AddField("round", "chosen", models.JSONField(default=list)),
    ]
