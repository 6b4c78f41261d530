// `neighbours`: the proteins nearest to one in embedding space, how alike their sequences are, and
// whom they are known to interact with in a training part.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "app/worker/backbone_options.h"
#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/bio/alignment.h"
#include "core/data/training_partners.h"
#include "core/retrieval/vector_index.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "models/learning/session.h"

namespace twofold::app {

namespace {

constexpr std::size_t kPartnersShown = 5;

struct NeighboursOptions {
  std::string protein;
  std::size_t k = 10;
  std::string pairs;
  std::string split;
  bool cosine = false;
  BackboneOptions backbone;
};

/// The proteins to look among, the one asked about first.
struct Candidates {
  std::vector<data::Protein> proteins;
  std::optional<data::TrainingPartners> training;
};

Candidates candidatesFor(store::Project& project, const NeighboursOptions& options) {
  store::ProteinRepository proteins(project.database());
  const auto asked = proteins.byId(options.protein);
  Candidates candidates;
  std::vector<data::ProteinKey> keys;
  if (options.pairs.empty()) {
    for (const auto& [key, id] : proteins.ids()) {
      keys.push_back(key);
    }
  } else {
    store::PairRepository pairs(project.database());
    const auto set = pairs.set(options.pairs);
    candidates.training = data::trainingPartners(
        pairs.pairs(set.key), pairs.split(pairs.splitInfo(options.pairs, options.split).key));
    keys = candidates.training->proteins;
  }
  std::erase(keys, asked.key);
  keys.insert(keys.begin(), asked.key);
  candidates.proteins = proteins.load(keys);
  return candidates;
}

/// [proteins, width], row-major.
struct Embeddings {
  std::vector<float> values;
  std::size_t width = 0;
};

Embeddings embedded(Job& job, const store::Project& project, const runs::PartSpec& backbone,
                    std::span<const data::Protein> proteins) {
  models::EmbedRequest request;
  request.backbone = backbone;
  for (const auto& protein : proteins) {
    request.ids.push_back(protein.id);
    request.sequences.push_back(protein.sequence);
  }
  request.cacheFolder = project.cacheFolder();
  request.device = job.device();
  request.threads = job.threads();
  Embeddings embeddings;
  request.take = [&](std::size_t protein, std::span<const float> values) {
    embeddings.width = values.size();
    embeddings.values.resize(proteins.size() * values.size());
    std::copy(values.begin(), values.end(),
              embeddings.values.begin() + static_cast<std::ptrdiff_t>(protein * values.size()));
  };
  (void)models::embed(request, job.output.progressSink(), job.stop,
                      [&](const std::string& text) { job.output.say(text); });
  return embeddings;
}

/// The k nearest of the proteins after the first.
std::vector<retrieval::Neighbour> nearestToFirst(const Embeddings& embeddings,
                                                 const NeighboursOptions& options) {
  const std::span all(embeddings.values);
  const auto distance =
      options.cosine ? retrieval::Distance::Cosine : retrieval::Distance::SquaredL2;
  const std::size_t others = all.size() / embeddings.width - 1;
  if (options.k > others) {
    throw Error(ErrorKind::Usage,
                fmt::format("{} neighbours were asked for; there are {} other proteins to look "
                            "among, so -k can be that at most",
                            options.k, others));
  }
  const retrieval::VectorIndex index({all.subspan(embeddings.width), embeddings.width}, distance);
  return index.search({{all.first(embeddings.width), embeddings.width}, options.k, {}, 0});
}

struct Row {
  const data::Protein& protein;
  float distance = 0;
  bio::SequenceIdentity alike;
  std::vector<std::string> partners;
};

std::vector<Row> rowsOf(Job& job, store::Project& project, const Candidates& candidates,
                        std::span<const retrieval::Neighbour> neighbours) {
  store::ProteinRepository repository(project.database());
  const auto& asked = candidates.proteins.front();
  std::vector<Row> rows;
  for (const auto& neighbour : neighbours) {
    const auto& protein = candidates.proteins[neighbour.index + 1];
    const auto alignment = bio::alignSequences(asked.sequence, protein.sequence, job.stop);
    Row row{protein,
            neighbour.distance,
            bio::identityIn(alignment, asked.sequence, protein.sequence),
            {}};
    if (candidates.training) {
      for (const auto& partner : repository.load(candidates.training->of(protein.key))) {
        row.partners.push_back(partner.id);
      }
    }
    rows.push_back(std::move(row));
    job.output.progress({"Aligning sequences", static_cast<std::int64_t>(rows.size()),
                         static_cast<std::int64_t>(neighbours.size()), "proteins"});
  }
  return rows;
}

formats::Json jsonOf(const Row& row, bool withPartners) {
  formats::Json json = {{"id", row.protein.id},
                        {"name", row.protein.name},
                        {"organism", row.protein.organism},
                        {"length", row.protein.sequence.size()},
                        {"distance", row.distance},
                        {"identity", row.alike.identity},
                        {"aligned_length", row.alike.columns},
                        {"coverage", row.alike.coverageA},
                        {"neighbour_coverage", row.alike.coverageB}};
  if (withPartners) {
    json["partners"] = row.partners;
  }
  return json;
}

std::string partnersText(std::span<const std::string> partners) {
  const auto shown = partners.first(std::min(partners.size(), kPartnersShown));
  auto text = fmt::format("{}", fmt::join(shown, " "));
  if (shown.size() < partners.size()) {
    text += fmt::format(" and {} more", partners.size() - shown.size());
  }
  return text;
}

std::string tableOf(std::span<const Row> rows, bool withPartners) {
  std::vector<std::vector<std::string>> cells = {
      {"protein", "distance", "identity", "coverage", "name"}};
  if (withPartners) {
    cells.front().emplace_back("known partners in training");
  }
  for (const auto& row : rows) {
    cells.push_back({row.protein.id, fmt::format("{:.4g}", row.distance),
                     fmt::format("{:.1f} %", 100 * row.alike.identity),
                     fmt::format("{:.1f} %", 100 * row.alike.coverageA), row.protein.name});
    if (withPartners) {
      cells.back().push_back(partnersText(row.partners));
    }
  }
  return tableText(cells);
}

void runNeighbours(Job& job, const NeighboursOptions& options) {
  if (options.pairs.empty() != options.split.empty()) {
    throw Error(ErrorKind::Usage,
                "--pairs and --split go together: the training part of that split is searched");
  }
  const auto backbone = options.backbone.part();
  auto project = job.openProject();
  const auto candidates = candidatesFor(project, options);
  const auto embeddings = embedded(job, project, backbone, candidates.proteins);
  const auto neighbours = nearestToFirst(embeddings, options);
  const auto rows = rowsOf(job, project, candidates, neighbours);
  const bool withPartners = candidates.training.has_value();
  formats::Json found = formats::Json::array();
  for (const auto& row : rows) {
    found.push_back(jsonOf(row, withPartners));
  }
  const std::size_t searched = candidates.proteins.size() - 1;
  const std::string distance = options.cosine ? "cosine" : "squared-l2";
  job.output.result(
      {{{"command", "neighbours"},
        {"protein", options.protein},
        {"backbone", backbone.id},
        {"distance", distance},
        {"searched", searched},
        {"pairs", withPartners ? formats::Json(options.pairs) : formats::Json(nullptr)},
        {"split", withPartners ? formats::Json(options.split) : formats::Json(nullptr)},
        {"neighbours", std::move(found)}}},
      fmt::format("{}\n{} of {} {} proteins, nearest first by {} distance in the embeddings of {}; "
                  "identity over the aligned length, coverage of {}",
                  tableOf(rows, withPartners), rows.size(),
                  countText(static_cast<std::int64_t>(searched)),
                  withPartners ? "training" : "other", options.cosine ? "cosine" : "squared L2",
                  backbone.id, options.protein));
}

}  // namespace

void addNeighbours(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<NeighboursOptions>();
  auto* command =
      app.add_subcommand("neighbours", "The proteins nearest to one in embedding space");
  command->add_option("--protein", options->protein, "The protein's id")->required();
  command->add_option("-k", options->k, "How many")->check(CLI::Range(1, 100000));
  command->add_option("--pairs", options->pairs,
                      "Only training proteins of this pair set, with their known partners");
  command->add_option("--split", options->split, "The split that says which those are");
  command->add_flag("--cosine", options->cosine, "Compare directions instead of squared distances");
  options->backbone.addTo(*command)->description(
      "Backbone (see catalog); unirep where it is installed, else composition");
  command->callback([options, &context] {
    context.work = [options](Job& job) { runNeighbours(job, *options); };
  });
}

}  // namespace twofold::app
