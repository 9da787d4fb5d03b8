"""Reading the assessments that a school owner has published before: a page in, what it says out.

`source` makes lines of a file, `page` and `sections` make blocks under headings of them, one module per field reads
its own, and `reader` puts the result together. `names`, `company` and `contact` know how companies are written, and
`denial` what a sentence says is not so. All are functions without side effects; what is known of words and
phrases is data in `vocabulary/`. Comparing with the registry and writing to it come after, and are not done here.
"""
