"""Days, publicity and signatures of rounds are those of rules and procedures."""

from django.db import migrations

GONE = ("appeal_days", "publicity_days", "put_by", "signed_by", "signed_at", "opinion")


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0005_publicity_and_signatures")]

    operations = [migrations.RemoveField("round", name) for name in GONE]
