"""Ask the server in this container whether it is well: `python -m config.health`, called by Docker."""

import os
import urllib.request


def main():
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")  # Django answers to no other name
    request = urllib.request.Request(f"http://127.0.0.1:{os.environ['PORT']}/helse/", headers={"Host": host})
    urllib.request.urlopen(request, timeout=4)  # an answer of 400 or more raises


if __name__ == "__main__":
    main()
