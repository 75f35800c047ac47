"""`praatplaat validate`."""

from flows.cli.options import AgreementOption, settings
from flows.cli.telling import show


def validate(agreement: AgreementOption = None) -> None:
    """Kijk de overeenkomst na en toon alle fouten tegelijk, met bestand en regel."""
    town = settings(agreement).open()
    told = town.agreement
    show(
        f"De overeenkomst van {told.general.municipality.name} klopt: {len(told.goals)} doelen en "
        f"resultaten, {len(told.indicators)} indicatoren, {len(told.partners)} partners, "
        f"{len(town.contracts)} soorten leveringen."
    )
