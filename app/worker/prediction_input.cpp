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
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
      inputs.ids.push_back(m_ids[i]);
      if (m_keys[i]) {
        inputs.sequences.push_back(std::move(stored.sequences[next]));
        inputs.chains.push_back(std::move(stored.chains[next]));
        if (needed.annotations) {
          inputs.annotations.push_back(std::move(stored.annotations[next]));
        }
        ++next;
      } else {
        inputs.sequences.push_back(m_file.sequences[m_file.positions.at(m_ids[i])]);
        inputs.chains.emplace_back();
        if (needed.annotations) {
          inputs.annotations.emplace_back();
        }
      }
    }
    return inputs;
  }

 private:
  std::optional<std::uint32_t> find(std::string_view id) {
    std::optional<data::ProteinKey> key;
    if (m_file.positions.find(id) == m_file.positions.end()) {
      key = m_repository.keyOf(id);
      if (!key) {
        return std::nullopt;
      }
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
