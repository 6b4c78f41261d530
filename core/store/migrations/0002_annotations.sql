-- What is known of proteins, each piece with its evidence code, and the graph of GO's terms.

CREATE TABLE annotation_source (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE annotation (
  protein_key INTEGER NOT NULL REFERENCES protein (key) ON DELETE CASCADE,
  kind INTEGER NOT NULL CHECK (kind >= 0),
  term TEXT NOT NULL,
  evidence TEXT NOT NULL,
  source_key INTEGER NOT NULL REFERENCES annotation_source (key),
  PRIMARY KEY (protein_key, kind, term, evidence)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotation_text (
  protein_key INTEGER NOT NULL REFERENCES protein (key) ON DELETE CASCADE,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  text TEXT NOT NULL,
  source_key INTEGER NOT NULL REFERENCES annotation_source (key),
  PRIMARY KEY (protein_key, kind)
) STRICT;

CREATE TABLE publication_count (
  protein_key INTEGER NOT NULL REFERENCES protein (key) ON DELETE CASCADE,
  source_key INTEGER NOT NULL REFERENCES annotation_source (key),
  publications INTEGER NOT NULL CHECK (publications >= 0),
  PRIMARY KEY (protein_key, source_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE term (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
  obsolete INTEGER NOT NULL CHECK (obsolete IN (0, 1))
) STRICT;

CREATE TABLE term_parent (
  child INTEGER NOT NULL REFERENCES term (key) ON DELETE CASCADE,
  parent INTEGER NOT NULL REFERENCES term (key) ON DELETE CASCADE,
  relation INTEGER NOT NULL CHECK (relation IN (0, 1)),
  PRIMARY KEY (child, parent, relation)
) STRICT, WITHOUT ROWID;
CREATE INDEX term_parent_by_parent ON term_parent (parent);
