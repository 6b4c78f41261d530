// A contact model without a torch type in sight: training, prediction, and its folder.
// CONTACTS.md specifies the folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "models/contacts/contact_data.h"
#include "models/contacts/contact_settings.h"

namespace twofold::models {

struct ContactWork {
  const ContactSet& set;
  const ResidueEmbeddings& embeddings;
  std::vector<std::uint32_t> training;    // complexes
  std::vector<std::uint32_t> validation;  // others, of other families
  std::vector<std::uint32_t> negatives;   // of the set's; empty: no interaction is learned
  ContactSettings settings;
  std::uint64_t seed = 1;
  int threads = 0;
};

/// Called from the training thread; each may be empty.
struct ContactObserver {
  ProgressSink progress;
  std::function<void(const std::string&)> message;
  std::function<void(std::int64_t epoch, double loss, double validationAuprc)> epochDone;
};

struct ContactTraining {
  std::int64_t epochs = 0;
  std::int64_t bestEpoch = 0;
  double validationAuprc = 0;  // mean over the validation complexes
  double logitShift = 0;       // what training saw too few non-contacts by, in nats
  bool hasInteraction = false;
  double seconds = 0;
  double mapsPerSecond = 0;  // of training steps alone
};

struct ContactPrediction {
  std::int64_t residuesA = 0;
  std::int64_t residuesB = 0;
  std::vector<float> probabilities;   // [residuesA, residuesB], of a contact
  std::optional<double> interaction;  // probability; nothing where it was not learned
};

/// What a model folder says of itself.
struct ContactManifest {
  static constexpr int kVersion = 1;

  std::string name;
  runs::PartSpec backbone;
  std::string identity;  // of the backbone's numbers
  ContactSettings settings;
  std::uint64_t seed = 1;
  std::string data;  // SHA-256 of the complexes
  std::int64_t trainingComplexes = 0;
  std::int64_t validationComplexes = 0;
  ContactTraining training;
};

/// One thread at a time.
class ContactModel {
 public:
  /// Throws StopRequested; Error: BadInput (no training complex, no contact, a loss that is no
  /// number), Memory (with the cure).
  [[nodiscard]] static ContactModel train(const ContactWork& work, const ContactObserver& observer,
                                          const std::stop_token& stop);
  /// Throws Error: NotFound, BadInput (damaged, of a newer version).
  [[nodiscard]] static std::pair<ContactModel, ContactManifest> load(
      const std::filesystem::path& folder);
  ~ContactModel();
  ContactModel(ContactModel&&) noexcept;
  ContactModel& operator=(ContactModel&&) noexcept;

  /// The manifest is written last. Throws Error(Io).
  void save(const std::filesystem::path& folder, const ContactManifest& manifest) const;
  [[nodiscard]] const ContactTraining& training() const;

  /// Of two sequences of `embeddings`; (b, a) gives the transposed map and the same interaction to
  /// the last bit. Throws StopRequested, Error(Memory).
  [[nodiscard]] ContactPrediction predict(const ResidueEmbeddings& embeddings, std::uint32_t a,
                                          std::uint32_t b, const std::stop_token& stop = {}) const;

 private:
  struct State;
  explicit ContactModel(std::unique_ptr<State> state);

  std::unique_ptr<State> m_state;
};

}  // namespace twofold::models
