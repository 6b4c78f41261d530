-- Rows of pair files that an import left out: the audit tells of leaks that the files had.
CREATE TABLE left_out_row (
  set_key INTEGER NOT NULL REFERENCES pair_set (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('shared_pair', 'swapped_pair', 'duplicate', 'contradiction', 'self_pair')),
  part INTEGER NOT NULL CHECK (part BETWEEN -1 AND 2),
  a INTEGER NOT NULL REFERENCES protein (key),
  b INTEGER NOT NULL REFERENCES protein (key),
  place TEXT NOT NULL,
  PRIMARY KEY (set_key, position)
) STRICT, WITHOUT ROWID;
