from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="measuredefinition",
            name="every",
            field=models.CharField(
                choices=[
                    ("year", "每年"),
                    ("half", "每半年"),
                    ("quarter", "每季度"),
                    ("month", "每月"),
                ],
                default="year",
                max_length=10,
                verbose_name="多久报送一次",
            ),
        ),
    ]
