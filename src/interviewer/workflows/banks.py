"""What can be asked about."""

from interviewer.questions.bank import load_bank, shipped_domains


def domains() -> list[tuple[str, str]]:
    """Slug and title of each domain that ships with the package."""
    return [(slug, load_bank(slug).title) for slug in shipped_domains()]
