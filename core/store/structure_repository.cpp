#include "core/store/structure_repository.h"

#include <fmt/format.h>

#include <map>

#include "core/base/error.h"

namespace twofold::store {

namespace {

constexpr std::string_view kColumns = "SELECT key, id, title, file, predicted FROM structure ";

StructureInfo infoFrom(const Statement& row) {
  StructureInfo info;
  info.key = row.integer(0);
  info.id = row.text(1);
  info.title = row.text(2);
  info.file = row.text(3);
  info.predicted = row.integer(4) != 0;
  return info;
}

StructureChain chainFrom(const Statement& row, int first) {
  return {std::string(row.text(first)), row.integer(first + 1),
          static_cast<std::int32_t>(row.integer(first + 2)), std::string(row.text(first + 3))};
}

}  // namespace

std::int64_t StructureRepository::insert(const StructureInfo& info) {
  m_database.prepare("DELETE FROM structure WHERE id = ?").bind(1, info.id).run();
  m_database.prepare("INSERT INTO structure (id, title, file, predicted) VALUES (?, ?, ?, ?)")
      .bind(1, info.id)
      .bind(2, info.title)
      .bind(3, info.file)
      .bind(4, std::int64_t{info.predicted ? 1 : 0})
      .run();
  const std::int64_t key = m_database.lastInsertKey();
  Statement insert = m_database.prepare("INSERT INTO structure_chain VALUES (?, ?, ?, ?, ?, ?)");
  std::int64_t position = 0;
  for (const StructureChain& chain : info.chains) {
    insert.bind(1, key)
        .bind(2, position++)
        .bind(3, chain.chain)
        .bind(4, chain.protein)
        .bind(5, std::int64_t{chain.residues})
        .bind(6, chain.mapping)
        .run();
  }
  return key;
}

std::vector<StructureInfo> StructureRepository::structures() {
  std::map<std::int64_t, std::vector<StructureChain>> chains;
  Statement chain = m_database.prepare(
      "SELECT structure_key, chain, protein_key, residues, mapping FROM structure_chain "
      "ORDER BY structure_key, position");
  while (chain.step()) {
    chains[chain.integer(0)].push_back(chainFrom(chain, 1));
  }
  std::vector<StructureInfo> all;
  Statement row = m_database.prepare(fmt::format("{}ORDER BY key", kColumns));
  while (row.step()) {
    all.push_back(infoFrom(row));
    all.back().chains = std::move(chains[all.back().key]);
  }
  return all;
}

StructureInfo StructureRepository::structure(std::int64_t key) {
  Statement row = m_database.prepare(fmt::format("{}WHERE key = ?", kColumns));
  row.bind(1, key);
  if (!row.step()) {
    throw Error(ErrorKind::NotFound, fmt::format("the project has no structure number {}", key));
  }
  StructureInfo info = infoFrom(row);
  Statement chain = m_database.prepare(
      "SELECT chain, protein_key, residues, mapping FROM structure_chain "
      "WHERE structure_key = ? ORDER BY position");
  chain.bind(1, key);
  while (chain.step()) {
    info.chains.push_back(chainFrom(chain, 0));
  }
  return info;
}

std::optional<std::pair<std::int64_t, std::string>> StructureRepository::bestChain(
    data::ProteinKey protein) {
  Statement row = m_database.prepare(
      "SELECT structure_key, chain FROM structure_chain WHERE protein_key = ? "
      "ORDER BY residues DESC, structure_key, position LIMIT 1");
  row.bind(1, protein);
  if (!row.step()) {
    return std::nullopt;
  }
  return std::pair(row.integer(0), std::string(row.text(1)));
}

std::vector<PairStructure> StructureRepository::showing(data::ProteinKey a, data::ProteinKey b) {
  // For a homomer the second chain must be a later one, so that each pair is listed once.
  Statement row = m_database.prepare(
      "SELECT x.structure_key, x.chain, y.chain FROM structure_chain AS x "
      "JOIN structure_chain AS y ON y.structure_key = x.structure_key "
      "WHERE x.protein_key = ?1 AND y.protein_key = ?2 AND x.position <> y.position "
      "AND (?1 <> ?2 OR x.position < y.position) "
      "ORDER BY x.structure_key, x.position, y.position");
  row.bind(1, a).bind(2, b);
  std::vector<PairStructure> all;
  while (row.step()) {
    all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
  }
  return all;
}

bool StructureRepository::contains(const std::string& id) {
  Statement row = m_database.prepare("SELECT 1 FROM structure WHERE id = ?");
  row.bind(1, id);
  return row.step();
}

}  // namespace twofold::store
