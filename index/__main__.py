"""The command line: ``python -m index``."""

from index.process import run_program


def main() -> None:
    run_program(_run)


def _run() -> None:
    from index.commands import app  # when the standard streams are open
    from index.commands.cli import PROGRAM

    app(prog_name=PROGRAM)


if __name__ == "__main__":
    main()
