"""From codes to words: pure functions that turn a dossier into what the templates show.

They take the dossier, the references and the day, and never query, so that an old dossier is shown as a new one is.
"""
