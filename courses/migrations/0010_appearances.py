import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0009_imports'),
        ('reference', '0003_skill_levels_and_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='coursedailycount',
            name='appearances',
            field=models.PositiveIntegerField(default=0, verbose_name='apparitions'),
        ),
        migrations.CreateModel(
            name='CourseProfileCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='jour')),
                ('recommended', models.PositiveIntegerField(default=0, verbose_name='recommandations')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_counts', to='courses.course', verbose_name='formation')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='course_counts', to='reference.jobprofile', verbose_name='métier')),
            ],
            options={
                'verbose_name': 'recommandations du jour',
                'verbose_name_plural': 'recommandations du jour',
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('course', 'profile', 'day'), name='course_profile_once_a_day')],
            },
        ),
    ]
