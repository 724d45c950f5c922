"""Names that vulture cannot see in use: they are public, or called by a library.

Each line says who uses the name.
"""
