"""Writes small files laid out as AlphaFold DB's, with made-up coordinates and confidences.

    python3 tests/reference/make_alphafold_fixtures.py tests/fixtures/structures
"""

import math
import pathlib
import sys

NAMES = ["MET", "SER", "LYS", "GLY", "GLU", "GLU", "LEU", "PHE", "THR", "GLY"]
TRUST = [42.27, 55.1, 71.0, 88.5, 93.25, 95.0, 94.5, 90.0, 62.5, 38.0]


def atoms():
    """A helix of C-alphas: 1.5 angstrom and 100 degrees a residue."""
    for i, (name, trust) in enumerate(zip(NAMES, TRUST)):
        turn = math.radians(100) * i
        yield i + 1, name, 2.3 * math.cos(turn), 2.3 * math.sin(turn), 1.5 * i, trust


def pdb():
    lines = [
        "HEADER                                            01-JUN-22",
        "TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION FOR MADE-UP PROTEIN (Q00000)",
        "COMPND    MOL_ID: 1;",
        "DBREF  XXXX A    1    10  UNP    Q00000   MADE_HUMAN       1     10",
        "SEQRES   1 A   10  " + " ".join(NAMES),
    ]
    for number, name, x, y, z, trust in atoms():
        lines.append(
            f"ATOM  {number:5}  CA  {name} A{number:4}    {x:8.3f}{y:8.3f}{z:8.3f}"
            f"  1.00{trust:6.2f}           C"
        )
    return "\n".join(line.ljust(80) for line in lines + ["TER", "END"]) + "\n"


def cif():
    lines = ["data_AF-Q00000-F1", "#", "_entry.id AF-Q00000-F1", "#"]
    lines += ["_database_2.database_id AlphaFoldDB", "_database_2.database_code AF-Q00000-F1", "#"]
    lines += ["_struct.title 'Alphafold Monomer v2.0 prediction for Made-up protein'", "#"]
    lines += ["_entity.id 1", "_entity.type polymer", "#"]
    lines += ["_entity_poly.entity_id 1", "_entity_poly.type 'polypeptide(L)'", "#"]
    lines += ["loop_"] + [f"_entity_poly_seq.{tag}" for tag in ("entity_id", "num", "mon_id")]
    lines += [f"1 {i + 1} {name}" for i, name in enumerate(NAMES)] + ["#"]
    lines += ["_struct_asym.id A", "_struct_asym.entity_id 1", "#"]
    lines += ["loop_"] + [f"_ma_qa_metric.{tag}" for tag in ("id", "mode", "name", "type")]
    lines += ["1 global pLDDT pLDDT", "2 local pLDDT pLDDT", "#"]
    tags = "group_PDB id type_symbol label_atom_id label_alt_id label_comp_id label_asym_id"
    tags += " label_entity_id label_seq_id pdbx_PDB_ins_code Cartn_x Cartn_y Cartn_z occupancy"
    tags += " B_iso_or_equiv auth_seq_id auth_asym_id pdbx_PDB_model_num"
    lines += ["loop_"] + [f"_atom_site.{tag}" for tag in tags.split()]
    for number, name, x, y, z, trust in atoms():
        lines.append(
            f"ATOM {number} C CA . {name} A 1 {number} ? {x:.3f} {y:.3f} {z:.3f} 1.0 {trust:.2f}"
            f" {number} A 1"
        )
    return "\n".join(lines + ["#"]) + "\n"


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    (folder / "predicted.pdb").write_text(pdb())
    (folder / "predicted.cif").write_text(cif())
