// SQLite files of the layout of Bioconductor's org.Hs.eg.db and GO.db, made for a test.
#pragma once

#include <filesystem>
#include <string>

#include "core/store/database.h"

namespace twofold::tests {

inline std::filesystem::path makeDatabase(const std::filesystem::path& path,
                                          const std::string& sql) {
  store::Database made(path, store::Access::ReadWrite);
  store::Transaction transaction(made);
  made.execute(sql);
  transaction.commit();
  made.checkpoint();
  return path;
}

/// Gene 1 is P1 (and Q1), gene 2 is P2, gene 3 is nobody's.
inline std::string smallGenes() {
  return "CREATE TABLE metadata (name VARCHAR(80) PRIMARY KEY, value VARCHAR(255));"
         "INSERT INTO metadata VALUES ('ORGANISM', 'Homo sapiens'), ('EGSOURCEDATE', '2022-Sep12');"
         "CREATE TABLE uniprot (_id INTEGER NOT NULL, uniprot_id VARCHAR(20) NOT NULL);"
         "INSERT INTO uniprot VALUES (1, 'P1'), (1, 'Q1'), (1, 'P1'), (2, 'P2'), (3, 'P9');"
         "CREATE TABLE go_bp (_id INTEGER NOT NULL, go_id CHAR(10) NOT NULL, evidence CHAR(3));"
         "INSERT INTO go_bp VALUES (1, 'GO:0000003', 'IDA'), (1, 'GO:0000003', 'IEA'),"
         "  (1, 'GO:0000003', 'IEA'), (2, 'GO:0099999', 'IDA'), (2, 'GO:7777777', 'IDA'),"
         "  (3, 'GO:0000003', 'IDA');"
         "CREATE TABLE go_mf (_id INTEGER NOT NULL, go_id CHAR(10) NOT NULL, evidence CHAR(3));"
         "INSERT INTO go_mf VALUES (1, 'GO:0042802', 'IPI'), (2, 'GO:0005488', NULL);"
         "CREATE TABLE go_cc (_id INTEGER NOT NULL, go_id CHAR(10) NOT NULL, evidence CHAR(3));"
         "CREATE TABLE pfam (_id INTEGER NOT NULL, ipi_id CHAR(11), pfam_id CHAR(7));"
         "INSERT INTO pfam VALUES (1, 'IPI1', 'PF00240'), (1, 'IPI2', 'PF00240'), (2, NULL, NULL);"
         "CREATE TABLE prosite (_id INTEGER NOT NULL, ipi_id CHAR(11), prosite_id CHAR(7));"
         "INSERT INTO prosite VALUES (2, 'IPI3', 'PS00299');"
         "CREATE TABLE kegg (_id INTEGER NOT NULL, path_id CHAR(5));"
         "INSERT INTO kegg VALUES (2, '04610');"
         "CREATE TABLE pubmed (_id INTEGER NOT NULL, pubmed_id VARCHAR(10));"
         "INSERT INTO pubmed VALUES (1, '11'), (1, '12'), (3, '13');";
}

/// Process GO:0000001 ◀ GO:0000003, binding GO:0005488 ◀ GO:0005515 ◀ GO:0042802.
inline std::string smallTerms() {
  return "CREATE TABLE go_term (_id INTEGER PRIMARY KEY, go_id CHAR(10), term TEXT, ontology TEXT);"
         "INSERT INTO go_term VALUES (11, 'GO:0000001', 'process', 'BP'),"
         "  (12, 'GO:0000003', 'tiny process', 'BP'), (13, 'GO:0005488', 'binding', 'MF'),"
         "  (14, 'GO:0005515', 'protein binding', 'MF'),"
         "  (15, 'GO:0042802', 'identical protein binding', 'MF'), (16, 'all', 'all', 'universal');"
         "CREATE TABLE go_obsolete (go_id CHAR(10) PRIMARY KEY, term TEXT, ontology TEXT);"
         "INSERT INTO go_obsolete VALUES ('GO:0099999', 'old', 'BP');"
         "CREATE TABLE go_bp_parents (_id INTEGER, _parent_id INTEGER, relationship_type TEXT);"
         "INSERT INTO go_bp_parents VALUES (12, 11, 'part of'), (11, 16, 'isa'),"
         "  (12, 11, 'regulates');"
         "CREATE TABLE go_mf_parents (_id INTEGER, _parent_id INTEGER, relationship_type TEXT);"
         "INSERT INTO go_mf_parents VALUES (14, 13, 'isa'), (15, 14, 'is_a');"
         "CREATE TABLE go_cc_parents (_id INTEGER, _parent_id INTEGER, relationship_type TEXT);";
}

}  // namespace twofold::tests
