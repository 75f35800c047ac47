"""`praatplaat`: one file per group of commands; none imports Prefect or Great Expectations."""

import errno
import gc
import sys

import typer

from flows.cli import (
    agreement,
    audit,
    clean,
    deliveries,
    demo,
    editions,
    example,
    explain,
    fetch,
    handbook,
    init,
    keeping,
    keys,
    partners,
    post,
    releases,
    serve,
    stories,
    suppress,
    watch,
)
from flows.cli.print import print_
from flows.cli.telling import say
from sources.errors import FactsheetError, UsageError

app = typer.Typer(
    name="praatplaat",
    help="Van leveringen van partners naar praatplaten: zien wat het werk voor mensen doet.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo.demo)
app.command()(init.init)
app.command()(agreement.validate)
app.command()(deliveries.check)
app.command()(clean.clean)
app.command()(deliveries.receive)
app.command()(deliveries.confirm)
app.command()(deliveries.withdraw)
app.command()(deliveries.alias)
app.command()(deliveries.retain)
app.command()(example.example)
app.command()(editions.observe)
app.command()(explain.explain)
app.command()(editions.publish)
app.command()(editions.run)
app.command()(releases.respond)
app.command()(releases.release)
app.command()(deliveries.status)
app.command()(audit.audit)
app.command("print")(print_)
app.command()(handbook.handbook)
app.command()(partners.template)
app.command()(partners.instructions)
app.command()(partners.form)
app.command()(fetch.fetch)
app.command()(fetch.codelist)
app.command()(suppress.suppress)
app.command()(serve.serve)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command()(keeping.rebuild)
app.command()(keeping.log)
app.command("verify-log")(keeping.verify_log)
app.command()(watch.watch)
app.command()(post.post)
app.add_typer(agreement.app, name="agreement")
app.add_typer(keys.app, name="key")
app.add_typer(stories.app, name="story")

_OBJECTS = 50_000  # made before Python looks for rings; at its own 700 that is a tenth of `check`

_DISK = {
    errno.ENOSPC: "de schijf is vol. Maak ruimte en begin opnieuw",
    errno.EDQUOT: "er is geen ruimte meer voor u op deze schijf. Maak ruimte en begin opnieuw",
    errno.EFBIG: "het bestand wordt te groot voor deze schijf. Neem een andere schijf",
    errno.EROFS: "deze schijf kan niet worden beschreven. Wijs met --home een andere map aan",
    errno.EACCES: "u mag hier niet schrijven of lezen. Vraag om rechten, of neem een andere map",
}


def main() -> None:
    """Run the command; a failure that a person can mend is one text and an exit code."""
    gc.set_threshold(_OBJECTS, 20)
    try:
        app()
    except FactsheetError as error:
        say(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in _DISK:
            raise
        say(f"{error.filename or 'Schrijven lukt niet'}: {_DISK[error.errno]}.")
        sys.exit(UsageError.exit_code)
