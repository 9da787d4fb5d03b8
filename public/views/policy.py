"""What vendors say, document by document."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from policies.statements import policy_statements, with_versions
from public.dossier import public_policies, public_services
from public.labels import label
from public.presentation.policy import policy_line, policy_page
from public.references import References
from registry.models import LoginMethod


def policy_list(request):
    statements = [policy_statements(row) for row in with_versions(public_policies()).order_by("title")]
    references = References(*statements)
    return render(request, "policies/list.html", {"policies": [policy_line(row, references) for row in statements]})


def policy_detail(request, slug):
    policy = get_object_or_404(with_versions(public_policies()), slug=slug)
    statements = policy_statements(policy)
    today = timezone.localdate().isoformat()
    page = policy_page(statements, References(statements), today, uses_of_logins(policy))
    return render(request, "policies/detail.html", {"page": page})


def uses_of_logins(policy):
    """What schools may do with each kind of login, where the services that the document is about agree on it."""
    uses = defaultdict(set)
    for kind, use in LoginMethod.objects.filter(service__in=public_services().filter(policies=policy)).values_list(
        "kind", "use"
    ):
        uses[kind].add(use)
    return {
        kind: label("login_use", *found) if len(found) == 1 else _("Depends on the service")
        for kind, found in uses.items()
    }
