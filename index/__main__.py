"""The command line: ``python -m index``."""

from index.process import run_program


def main() -> None:
    run_program(_run)


def _run() -> None:
    from index.commands import app  # when the standard streams are open

    app(prog_name="python -m index")


if __name__ == "__main__":
    main()
