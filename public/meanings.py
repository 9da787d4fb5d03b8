"""What each status means to a reader, in a sentence or two."""

from django.utils.translation import gettext_lazy as _

from assessments.status import Status

MEANINGS = {
    Status.APPROVED: _("All schools can use it. It may have conditions of use; they stand on its page."),
    Status.CONDITIONAL: _("The approval holds only while its conditions are kept. They stand on its page."),
    Status.PILOT: _("It is being tried out. Only the schools in the pilot can use it."),
    Status.UNDER_ASSESSMENT: _("We have not decided. Wait before you start using it."),
    Status.NOT_APPROVED: _("It was assessed, and the answer is no. Its page tells why, and what to use instead."),
    Status.WITHDRAWN: _("It was approved before. It no longer is."),
    Status.EXPIRED: _("The approval held until a day that has passed."),
    Status.NOT_ASSESSED: _("Nobody has assessed it. Until somebody does, the answer is no."),
}
