from django.db import migrations

from assessments.roles import grant


def fill_groups(apps, schema_editor):
    """Make the groups editor, approver and auditor with the permissions of their roles."""
    grant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("policies", "0001_initial"),
        ("registry", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(fill_groups, migrations.RunPython.noop)]
