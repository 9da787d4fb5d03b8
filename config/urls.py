from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from public import urls as public

urlpatterns = [
    *public.plain,
    *i18n_patterns(
        path(settings.ADMIN_PATH, admin.site.urls),
        *public.urlpatterns,
        prefix_default_language=False,
    ),
]

handler400 = "public.errors.bad_request"
handler403 = "public.errors.permission_denied"
handler404 = "public.errors.page_not_found"
handler500 = "public.errors.server_error"
