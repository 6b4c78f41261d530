-- Every table is STRICT; SCHEMA.md says what the columns and blobs hold.

CREATE TABLE protein (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organism TEXT NOT NULL,
  sequence TEXT NOT NULL,
  sequence_hash TEXT NOT NULL,
  length INTEGER NOT NULL
) STRICT;
CREATE INDEX protein_by_sequence ON protein (sequence_hash);

CREATE TABLE pair_set (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  pairs INTEGER NOT NULL,
  positives INTEGER NOT NULL,
  negatives INTEGER NOT NULL
) STRICT;

CREATE TABLE pair (
  set_key INTEGER NOT NULL REFERENCES pair_set (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  a INTEGER NOT NULL REFERENCES protein (key),
  b INTEGER NOT NULL REFERENCES protein (key),
  label INTEGER NOT NULL CHECK (label IN (-1, 0, 1)),
  PRIMARY KEY (set_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE split (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  set_key INTEGER NOT NULL REFERENCES pair_set (key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  rule TEXT NOT NULL,
  seed INTEGER NOT NULL,
  parts BLOB NOT NULL,
  train INTEGER NOT NULL,
  validation INTEGER NOT NULL,
  test INTEGER NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (set_key, name)
) STRICT;

CREATE TABLE structure (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  file TEXT NOT NULL,
  predicted INTEGER NOT NULL CHECK (predicted IN (0, 1))
) STRICT;

CREATE TABLE structure_chain (
  structure_key INTEGER NOT NULL REFERENCES structure (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  chain TEXT NOT NULL,
  protein_key INTEGER NOT NULL REFERENCES protein (key),
  residues INTEGER NOT NULL,
  mapping TEXT NOT NULL,
  PRIMARY KEY (structure_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX structure_chain_by_protein ON structure_chain (protein_key);

CREATE TABLE run (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  experiment TEXT NOT NULL,
  spec TEXT NOT NULL,
  split_hash TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('queued', 'running', 'done', 'failed', 'stopped', 'interrupted')),
  message TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL,
  started INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  epochs INTEGER NOT NULL DEFAULT 0,
  program_version TEXT NOT NULL,
  worker_pid INTEGER,
  worker_start_ticks INTEGER,
  worker_boot_id TEXT
) STRICT;

CREATE TABLE metric_series (
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  part TEXT NOT NULL,
  metric TEXT NOT NULL,
  points BLOB NOT NULL,
  last_step INTEGER NOT NULL,
  last_value REAL,
  best_step INTEGER,
  best_value REAL,
  PRIMARY KEY (run_key, part, metric)
) STRICT;

CREATE TABLE part_metrics (
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  part TEXT NOT NULL,
  metrics TEXT NOT NULL,
  PRIMARY KEY (run_key, part)
) STRICT;

CREATE TABLE prediction (
  run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  part TEXT NOT NULL,
  pairs BLOB NOT NULL,
  probabilities BLOB NOT NULL,
  PRIMARY KEY (run_key, part)
) STRICT;
