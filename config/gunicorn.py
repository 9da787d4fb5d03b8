"""How gunicorn serves the site: `gunicorn --config config/gunicorn.py`, with WEB_CONCURRENCY workers."""

import logging
import re

wsgi_app = "config.wsgi"
worker_class = "gthread"  # a visitor on a slow line holds a thread, not a whole worker
threads = 4
forwarded_allow_ips = ""  # or gunicorn believes X-Forwarded-Proto from this machine; settings.py decides that
control_socket_disable = True  # needs a writable home directory, and nobody here uses it
accesslog = None  # it would hold addresses and search words


class WithoutAddresses(logging.Filter):
    """gunicorn names the sender of a malformed request; visitors' addresses stay out of our logs."""

    def filter(self, record):
        record.msg = re.sub(r"ip=\S+", "ip=-", str(record.msg))
        return True


def post_worker_init(worker):
    worker.log.error_log.addFilter(WithoutAddresses())
