import os

from django.core.wsgi import get_wsgi_application

from config.guard import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("STATEMENT_TIMEOUT", "5")  # for pages only: commands do not come this way

application = guard(get_wsgi_application())
