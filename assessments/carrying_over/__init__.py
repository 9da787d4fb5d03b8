"""From what a published page says to a draft in the registry: compared first, then written, page by page.

`draft` (what a page would have) → `planning` (what would be done about it) → `writing` (doing it, in one change).
"""
