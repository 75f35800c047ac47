"""`praatplaat serve`: the public editions, on loopback, and nothing else of the home."""

from typing import Annotated

import typer

from flows.cli.options import HomeOption
from flows.cli.telling import say
from flows.settings import Settings
from sources.errors import UsageError


def serve(
    home: HomeOption = None,
    port: Annotated[int, typer.Option("--port", help="Poort; 0 kiest er zelf een.")] = 8000,
    concept: Annotated[
        bool, typer.Option("--concept", help="Ook wat nog niet is vastgesteld.")
    ] = False,
) -> None:
    """Toon de vastgestelde edities in een browser op deze computer (stop met Ctrl-C)."""
    from flows.steps.serve import server

    folder = Settings.choose(home=home).editions
    if not folder.is_dir():
        raise UsageError(f"Er zijn nog geen edities in {folder}. Maak er een met `praatplaat run`.")
    with server(folder, port, concept=concept) as listening:
        say(f"De edities staan op http://127.0.0.1:{listening.server_port}/")
        try:
            listening.serve_forever()
        except KeyboardInterrupt:
            say("Gestopt.")
