#include "models/contacts/contact_data.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/bio/alignment.h"
#include "core/retrieval/chain_interface.h"

namespace twofold::models {

namespace {

/// The place of each residue of the chain in its full sequence.
std::vector<std::optional<std::uint32_t>> placesOf(const bio::Chain& chain) {
  const auto observed = chain.observedSequence();
  if (chain.fullSequence.empty() || chain.fullSequence == observed) {
    std::vector<std::optional<std::uint32_t>> places(observed.size());
    for (std::uint32_t i = 0; i < places.size(); ++i) {
      places[i] = i;
    }
    return places;
  }
  return bio::positionsIn(bio::alignSequences(observed, chain.fullSequence), observed.size());
}

std::vector<std::uint32_t> observedOf(const bio::Chain& chain,
                                      const std::vector<std::optional<std::uint32_t>>& places) {
  std::vector<std::uint32_t> observed;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] && chain.residues[i].hasCalpha) {
      observed.push_back(*places[i]);
    }
  }
  return observed;
}

/// `rows` with one more column.
std::vector<float> widened(const std::vector<float>& rows, std::int64_t width,
                           const std::vector<bool>& flags) {
  std::vector<float> wide;
  wide.reserve(rows.size() + flags.size());
  for (std::size_t i = 0; i < flags.size(); ++i) {
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(i) * width;
    wide.insert(wide.end(), first, first + width);
    wide.push_back(flags[i] ? 1.0F : 0.0F);
  }
  return wide;
}

}  // namespace

std::string sequenceOf(const bio::Chain& chain) {
  return chain.fullSequence.empty() ? chain.observedSequence() : chain.fullSequence;
}

std::vector<std::int8_t> labelsOf(const ContactComplex& complex) {
  std::vector<std::int8_t> labels(complex.cells(), 0);
  const auto indexIn = [](const std::vector<std::uint32_t>& observed, std::uint32_t residue) {
    const auto found = std::lower_bound(observed.begin(), observed.end(), residue);
    if (found == observed.end() || *found != residue) {
      throw Error(ErrorKind::Internal, "a contact names a residue that was not observed");
    }
    return static_cast<std::size_t>(found - observed.begin());
  };
  for (const auto& contact : complex.contacts) {
    labels[indexIn(complex.observedA, contact.a) * complex.observedB.size() +
           indexIn(complex.observedB, contact.b)] = 1;
  }
  return labels;
}

ContactComplex complexOf(const bio::Chain& a, const bio::Chain& b, float distance) {
  const auto placesA = placesOf(a);
  const auto placesB = placesOf(b);
  ContactComplex complex;
  complex.lengthA = sequenceOf(a).size();
  complex.lengthB = sequenceOf(b).size();
  complex.observedA = observedOf(a, placesA);
  complex.observedB = observedOf(b, placesB);
  for (const auto& contact :
       retrieval::findInterface(a, b, distance, retrieval::Matching::ManyToMany).contacts) {
    if (placesA[contact.a] && placesB[contact.b]) {
      complex.contacts.push_back({*placesA[contact.a], *placesB[contact.b]});
    }
  }
  std::sort(complex.contacts.begin(), complex.contacts.end());
  return complex;
}

std::pair<ContactSet, ResidueEmbeddings> withOracle(const ContactSet& set,
                                                    const ResidueEmbeddings& embeddings) {
  ContactSet own;
  ResidueEmbeddings told{embeddings.identity + "+oracle", embeddings.width + 1, {}};
  const auto add = [&](std::uint32_t sequence, const std::vector<bool>& flags) {
    own.ids.push_back(set.ids[sequence]);
    own.sequences.push_back(set.sequences[sequence]);
    told.rows.push_back(widened(embeddings.rows[sequence], embeddings.width, flags));
    return static_cast<std::uint32_t>(own.sequences.size() - 1);
  };
  for (const auto& complex : set.complexes) {
    std::vector<bool> inA(set.sequences[complex.a].size());
    std::vector<bool> inB(set.sequences[complex.b].size());
    for (const auto& contact : complex.contacts) {
      inA[contact.a] = true;
      inB[contact.b] = true;
    }
    own.complexes.push_back(complex);
    own.complexes.back().a = add(complex.a, inA);
    own.complexes.back().b = add(complex.b, inB);
  }
  return {std::move(own), std::move(told)};
}

}  // namespace twofold::models
