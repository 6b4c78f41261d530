-- Tables of the user's that are channels. Their numbers lie beside the store, in channels/.

CREATE TABLE user_channel (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  width INTEGER NOT NULL CHECK (width > 0),
  per_residue INTEGER NOT NULL CHECK (per_residue IN (0, 1)),
  normalisation TEXT NOT NULL CHECK (normalisation IN ('standard', 'unit', 'log', 'none')),
  missing TEXT NOT NULL CHECK (missing IN ('mask', 'refuse', 'mean')),
  pooling TEXT NOT NULL CHECK (pooling IN ('mean', 'mean-max')),
  proteins INTEGER NOT NULL CHECK (proteins > 0),
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  imported INTEGER NOT NULL
) STRICT;
