"""What is wrong with a request, as programs are told: RFC 9457."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

TYPE = "application/problem+json; charset=utf-8"


class ProblemError(Exception):
    """Ends a request. `detail` says in English what was wrong and what to do; `more` stands beside it."""

    def __init__(self, status: int, detail: str, **more: Any):
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more

    def response(self) -> HttpResponse:
        # Not HttpResponseNotFound: for that the site would show its own page while developing.
        body = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail, **self.more}
        text = json.dumps(body, ensure_ascii=False) + "\n"
        return HttpResponse(text, TYPE, self.status, headers={"Content-Language": "en"})
