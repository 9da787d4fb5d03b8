from django.db import migrations

from assessments.roles import grant


def fill_groups(apps, schema_editor):
    """Let the groups read the register in the administration."""
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("public", "0001_register"), ("assessments", "0002_roles")]

    operations = [migrations.RunPython(fill_groups, migrations.RunPython.noop)]
