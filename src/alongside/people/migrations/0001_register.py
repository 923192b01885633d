
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.BigIntegerField(db_index=True)),
                ('kind', models.CharField(max_length=12)),
                ('key', models.CharField(max_length=320)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=64)),
                ('addresses', models.JSONField(default=list)),
                ('officers', models.JSONField(default=list)),
                ('leads', models.JSONField(default=list)),
                ('senders', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('key', models.CharField(max_length=320, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=320)),
                ('kind', models.CharField(choices=[('shared', 'shared'), ('automatic', 'automatic'), ('role', 'role')], max_length=10)),
                ('organisation', models.CharField(blank=True, max_length=64)),
                ('readers', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('key',),
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('parent', models.CharField(blank=True, max_length=64)),
                ('domains', models.JSONField(default=list)),
                ('role_address', models.CharField(blank=True, max_length=320)),
                ('officers', models.JSONField(default=list)),
                ('leads', models.JSONField(default=list)),
                ('mode', models.CharField(blank=True, max_length=10)),
                ('copy_supporters', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('categories', models.JSONField(default=list)),
                ('roles', models.JSONField(default=list)),
                ('organisations', models.JSONField(default=list)),
                ('groups', models.JSONField(default=list)),
                ('born', models.DateField(blank=True, null=True)),
                ('standing', models.CharField(choices=[('active', 'active'), ('suspended', 'suspended'), ('left', 'left')], default='active', max_length=10)),
                ('standing_kept', models.BooleanField(default=False)),
                ('household', models.CharField(blank=True, max_length=64)),
                ('needs', models.JSONField(default=list)),
                ('vetted_until', models.DateField(blank=True, null=True)),
                ('trained_until', models.DateField(blank=True, null=True)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('objection', models.BooleanField(default=False)),
                ('at_risk', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('revision', models.BigIntegerField(default=0)),
                ('complete_since', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='people_one_revision')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relationship', models.CharField(choices=[('parent', 'parent'), ('carer', 'carer'), ('personal_assistant', 'personal_assistant'), ('advocate', 'advocate'), ('other', 'other')], default='other', max_length=20)),
                ('copied', models.BooleanField(default=False)),
                ('restricted', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True)),
                ('service_user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.person')),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='people.person')),
            ],
            options={
                'ordering': ('service_user_id', 'supporter_id'),
                'constraints': [models.UniqueConstraint(fields=('service_user', 'supporter'), name='people_link_once'), models.CheckConstraint(condition=models.Q(('restricted', False), ('copied', False), _connector='OR'), name='people_restricted_is_never_copied')],
            },
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(blank=True, max_length=20)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('email', 'email'), ('phone', 'phone'), ('profile', 'profile')], default='email', max_length=10)),
                ('address', models.CharField(max_length=320)),
                ('key', models.CharField(db_index=True, max_length=320)),
                ('organisational', models.BooleanField(default=False)),
                ('hat', models.CharField(choices=[('workforce', 'workforce'), ('participant', 'participant'), ('both', 'both')], default='participant', max_length=15)),
                ('readers', models.JSONField(default=list)),
                ('active', models.BooleanField(default=True)),
                ('bouncing', models.BooleanField(default=False)),
                ('opted_out', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='people.person')),
            ],
            options={
                'ordering': ('person_id', 'position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='people_contact_once')],
            },
        ),
    ]
