"""``foodcal-desktop doctor``: looks the installation over; each line is ok or says what to do."""

from __future__ import annotations

from dataclasses import asdict

import click

from foodcal_desktop.commands import common


@click.command("doctor")
@common.json_option
def command(as_json: bool) -> int:
    """Look the installation over. The status is 1 where something is wrong."""
    from foodcal_desktop.commands.doctoring import Finding, findings

    found: list[Finding] = []
    for finding in findings():
        found.append(finding)
        if not as_json:
            click.echo(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.name}: {finding.detail}")
            if finding.advice:
                click.echo(f"       → {finding.advice}")
    wrong = [finding for finding in found if not finding.ok]
    if as_json:
        common.print_json({"ok": not wrong, "checks": [asdict(finding) for finding in found]})
    if wrong:
        names = ", ".join(finding.name for finding in wrong)
        common.progress(f"Something is wrong with: {names}; each line says what to do.")
    return 1 if wrong else 0
