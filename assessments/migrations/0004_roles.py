from django.db import migrations

from assessments.roles import grant


def fill_groups(apps, schema_editor):
    """Let the groups see the pages that were imported."""
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_imported_pages")]

    operations = [migrations.RunPython(fill_groups, migrations.RunPython.noop)]
