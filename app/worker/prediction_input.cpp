#include "app/worker/prediction_input.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "app/worker/run_inputs.h"
#include "app/worker/sequence_file.h"
#include "core/base/error.h"
#include "core/store/protein_repository.h"

namespace twofold::app {

namespace {

/// Numbers proteins as pairs name them, and remembers where each comes from.
class ProteinNumbers {
 public:
  ProteinNumbers(store::Project& project, SequenceFile file)
      : m_file(std::move(file)), m_repository(project.database()) {}

  /// Nothing for a protein that is neither in the file nor in the project.
  std::optional<std::uint32_t> numberOf(std::string_view id) {
    if (const auto known = m_numbers.find(id); known != m_numbers.end()) {
      return known->second;
    }
    const auto number = find(id);
    m_numbers.emplace(id, number);
    return number;
  }

  models::ProteinInputs load(store::Project& project, const NeededEvidence& needed,
                             const imports::Watch& watch) {
    std::vector<data::ProteinKey> keys;
    for (const auto key : m_keys) {
      if (key) {
        keys.push_back(*key);
      }
    }
    auto stored = loadProteins(project, keys, needed, watch);
    models::ProteinInputs inputs;
    inputs.terms = stored.terms;
    for (const auto& [id, table] : stored.tables) {
      inputs.tables[id].channel = table.channel;
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
      inputs.ids.push_back(m_ids[i]);
      if (m_keys[i]) {
        inputs.sequences.push_back(std::move(stored.sequences[next]));
        inputs.chains.push_back(std::move(stored.chains[next]));
        if (needed.annotations) {
          inputs.annotations.push_back(std::move(stored.annotations[next]));
        }
        for (auto& [id, table] : stored.tables) {
          inputs.tables[id].rows.push_back(std::move(table.rows[next]));
        }
        ++next;
      } else {
        inputs.sequences.push_back(m_file.sequences[m_file.positions.at(m_ids[i])]);
        inputs.chains.emplace_back();
        if (needed.annotations) {
          inputs.annotations.emplace_back();
        }
        for (auto& [id, table] : inputs.tables) {
          table.rows.emplace_back();
        }
      }
    }
    return inputs;
  }

 private:
  std::optional<std::uint32_t> find(std::string_view id) {
    auto key = m_repository.keyOf(id);
    const auto place = m_file.positions.find(id);
    if (place == m_file.positions.end() && !key) {
      return std::nullopt;
    }
    if (place != m_file.positions.end() && key &&
        m_repository.byKey(*key).sequence != m_file.sequences[place->second]) {
      key.reset();  // the file's protein is another one
    }
    m_ids.emplace_back(id);
    m_keys.push_back(key);
    return static_cast<std::uint32_t>(m_ids.size() - 1);
  }

  SequenceFile m_file;
  store::ProteinRepository m_repository;
  std::map<std::string, std::optional<std::uint32_t>, std::less<>> m_numbers;
  std::vector<std::string> m_ids;
  std::vector<std::optional<data::ProteinKey>> m_keys;  // nothing: of the file
};

}  // namespace

namespace {

SequenceFile proteinsOf(const std::filesystem::path& fasta) {
  auto file = readSequences(fasta);
  if (file.ids.empty()) {
    throw badInput(fasta.string(), 0, "there are no proteins in the file");
  }
  return file;
}

/// Adds what is new in `more`.
void join(SequenceFile& file, const SequenceFile& more, const std::filesystem::path& where) {
  for (std::size_t i = 0; i < more.ids.size(); ++i) {
    const auto [known, isNew] = file.positions.emplace(more.ids[i], file.ids.size());
    if (isNew) {
      file.ids.push_back(more.ids[i]);
      file.sequences.push_back(more.sequences[i]);
    } else if (file.sequences[known->second] != more.sequences[i]) {
      throw badInput(where.string(), 0,
                     fmt::format("\"{}\" has another sequence than in the other file; give each "
                                 "protein an id of its own",
                                 more.ids[i]));
    }
  }
}

}  // namespace

ManyPairsInput readManyPairsInput(store::Project& project, const ManyPairsSource& source,
                                  const imports::Watch& watch) {
  const bool isAllAgainstAll = source.bait.empty();
  const SequenceFile rows = proteinsOf(isAllAgainstAll ? source.allPairs : source.bait);
  const SequenceFile columns = isAllAgainstAll ? rows : proteinsOf(source.prey);
  SequenceFile all = rows;
  join(all, columns, source.prey);
  ProteinNumbers numbers(project, all);
  const auto numbered = [&](const SequenceFile& file) {
    std::vector<std::uint32_t> list;
    for (const auto& id : file.ids) {
      throwIfStopped(watch.stop);
      list.push_back(numbers.numberOf(id).value());
    }
    return list;
  };
  ManyPairsInput input;
  input.rows = numbered(rows);
  input.columns = numbered(columns);
  input.proteins = numbers.load(project, neededEvidence(source.spec), watch);
  return input;
}

PredictionInput readPredictionInput(store::Project& project, const PredictionSource& source,
                                    const imports::Watch& watch) {
  ProteinNumbers numbers(project,
                         source.fasta.empty() ? SequenceFile{} : readSequences(source.fasta));
  const char* where = source.fasta.empty() ? "the project" : "the FASTA file or the project";
  PredictionInput input;
  const auto take = [&](const formats::PairRow& row) {
    throwIfStopped(watch.stop);
    const auto a = numbers.numberOf(row.a);
    const auto b = numbers.numberOf(row.b);
    if (a && b) {
      input.pairs.push_back({*a, *b, data::Label::Unknown});
      return;
    }
    const auto reason =
        a || b ? fmt::format("\"{}\" is not in {}", a ? row.b : row.a, where)
               : fmt::format("neither \"{}\" nor \"{}\" is in {}", row.a, row.b, where);
    input.skipped.push_back(
        {row.line, std::string(row.a), std::string(row.b), "unknown protein", reason});
  };
  readPairTable(source.pairs, source.format, take);
  if (input.pairs.empty()) {
    throw input.skipped.empty()
        ? badInput(source.pairs.string(), 0, "there are no pairs in the file")
        : badInput(source.pairs.string(), input.skipped.front().line,
                   fmt::format("{}; none of the {} pairs can be scored. Import the proteins or "
                               "give --fasta FILE",
                               input.skipped.front().reason, input.skipped.size()));
  }
  input.proteins = numbers.load(project, neededEvidence(source.spec), watch);
  return input;
}

}  // namespace twofold::app
