"""Loaded before Django's settings are: the tests run as in development unless the environment says otherwise."""

import os

os.environ.setdefault("DEBUG", "1")
