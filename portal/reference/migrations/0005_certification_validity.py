from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reference", "0004_listed_bodies")]

    operations = [
        migrations.RenameField("certification", "registered_until", "valid_until"),
        migrations.AddField(
            "certification", "replaced_by", models.CharField(blank=True, max_length=100, verbose_name="remplacée par")
        ),
        migrations.AddField(
            "certification", "source", models.CharField(blank=True, max_length=120, verbose_name="source")
        ),
        migrations.AddField(
            "certification", "checked_on", models.DateField(blank=True, null=True, verbose_name="vérifiée le")
        ),
        migrations.AddField(
            "certification",
            "nsf",
            models.ManyToManyField(
                blank=True, related_name="certifications", to="reference.nsf", verbose_name="NSF"
            ),
        ),
    ]
