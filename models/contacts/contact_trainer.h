// Trains a contact network on known complexes, with early stopping on others.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "models/contacts/contact_data.h"
#include "models/contacts/contact_model.h"
#include "models/contacts/contact_network.h"

namespace twofold::models {

/// Leaves `network` as it was in the epoch whose maps of the validation complexes had the best mean
/// AUPRC. Identical numbers for identical work, threads and build. Throws as trainContacts().
[[nodiscard]] ContactTraining trainNetwork(ContactNetwork& network, const ContactWork& work,
                                           const ContactObserver& observer,
                                           const std::stop_token& stop);

/// [residues, width] of one sequence; a view into `embeddings`.
[[nodiscard]] at::Tensor rowsOf(const ResidueEmbeddings& embeddings, std::uint32_t sequence);

}  // namespace twofold::models
