#include "app/worker/contact_prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "core/base/error.h"
#include "core/bio/sequence_mapping.h"
#include "core/bio/structure_reader.h"
#include "core/formats/safetensors.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "models/contacts/residue_embeddings.h"

namespace twofold::app {

namespace {

/// The structure and chain that number each protein.
using Chains = std::array<std::optional<std::pair<std::int64_t, std::string>>, 2>;

Chains chainsOf(store::StructureRepository& repository,
                const std::array<NumberedProtein, 2>& proteins) {
  const auto a = proteins[0].protein.key;
  const auto b = proteins[1].protein.key;
  if (const auto both = repository.showing(a, b); !both.empty()) {
    const auto& first = both.front();
    return {std::pair(first.structure, first.chainA), std::pair(first.structure, first.chainB)};
  }
  return {repository.bestChain(a), repository.bestChain(b)};
}

void number(NumberedProtein& numbered, const store::StructureInfo& info, const bio::Chain& chain,
            const std::stop_token& stop) {
  numbered.structure = info.id;
  numbered.labels.resize(numbered.protein.sequence.size());
  const auto mapping = bio::mapSequence(numbered.protein.sequence, chain, stop);
  for (std::size_t i = 0; i < mapping.residues.size(); ++i) {
    if (const auto& residue = mapping.residues[i]) {
      numbered.labels[i] = bio::residueLabel(chain, chain.residues[residue->index]);
    }
  }
}

std::array<NumberedProtein, 2> numberedProteins(Job& job, store::Project& project,
                                                const std::array<std::string, 2>& ids) {
  store::ProteinRepository proteins(project.database());
  std::array<NumberedProtein, 2> found;
  for (std::size_t i = 0; i < 2; ++i) {
    found[i].protein = proteins.byId(ids[i]);
  }
  store::StructureRepository repository(project.database());
  const auto chains = chainsOf(repository, found);
  for (std::size_t i = 0; i < 2; ++i) {
    if (!chains[i]) {
      continue;
    }
    const auto info = repository.structure(chains[i]->first);
    const auto structure = bio::readStructure(project.structuresFolder() / info.file);
    if (const auto* chain = structure.chain(chains[i]->second)) {
      number(found[i], info, *chain, job.stop);
    }
  }
  return found;
}

}  // namespace

PairContacts predictContacts(Job& job, store::Project& project,
                             const std::filesystem::path& modelFolder,
                             const std::array<std::string, 2>& ids) {
  auto [model, manifest] = models::ContactModel::load(modelFolder);
  auto proteins = numberedProteins(job, project, ids);
  const std::vector<std::string> names = {ids[0], ids[1]};
  const std::vector<std::string> sequences = {proteins[0].protein.sequence,
                                              proteins[1].protein.sequence};
  const auto embeddings = models::embedResidues(
      {manifest.backbone, names, sequences, project.cacheFolder(), job.device(), job.threads()},
      job.output.progressSink(), job.stop);
  if (embeddings.identity != manifest.identity) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{}: the model was trained on the numbers of backbone {}, and it is {} "
                            "now; bring the old weights back, or train the model again",
                            modelFolder.string(), manifest.identity, embeddings.identity));
  }
  auto prediction = model.predict(embeddings, 0, 1, job.stop);
  return {std::move(proteins), std::move(prediction), std::move(manifest)};
}

std::vector<models::ResiduePair> topContacts(const models::ContactPrediction& prediction,
                                             std::size_t count) {
  const auto& map = prediction.probabilities;
  std::vector<std::size_t> order(map.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto last = order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size()));
  std::partial_sort(order.begin(), last, order.end(), [&](std::size_t i, std::size_t j) {
    return map[i] != map[j] ? map[i] > map[j] : i < j;
  });
  const auto width = static_cast<std::size_t>(prediction.residuesB);
  std::vector<models::ResiduePair> top;
  for (auto at = order.begin(); at != last; ++at) {
    top.push_back(
        {static_cast<std::uint32_t>(*at / width), static_cast<std::uint32_t>(*at % width)});
  }
  return top;
}

void writeContactMap(const std::filesystem::path& file, const PairContacts& contacts) {
  const auto& prediction = contacts.prediction;
  formats::writeSafetensors(file,
                            {{"contacts",
                              {formats::TensorType::F32,
                               {prediction.residuesA, prediction.residuesB},
                               std::as_bytes(std::span(prediction.probabilities))}}},
                            {{"a", contacts.proteins[0].protein.id},
                             {"b", contacts.proteins[1].protein.id},
                             {"model", contacts.manifest.name},
                             {"backbone", contacts.manifest.identity},
                             {"kind", "contact probabilities"}});
}

}  // namespace twofold::app
