#include "models/contacts/contact_trainer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/weights/memory_fit.h"
#include "models/contacts/contact_measure.h"
#include "models/pretraining/adam.h"

namespace twofold::models {

namespace {

using Clock = std::chrono::steady_clock;

enum Purpose : std::uint64_t { kOrder = 31, kNoise = 32, kCells = 33, kNegatives = 34 };

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A stretch of a chain that a step sees.
struct Stretch {
  std::int64_t first = 0;
  std::int64_t count = 0;

  [[nodiscard]] bool holds(std::uint32_t residue) const {
    return residue >= first && residue < first + count;
  }
};

/// Of a chain longer than `crop`, a stretch around `residue` at random.
Stretch stretchAround(std::int64_t residues, std::int64_t crop, std::uint32_t residue,
                      Random& random) {
  if (residues <= crop) {
    return {0, residues};
  }
  const auto shift = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(crop)));
  return {std::clamp<std::int64_t>(residue - shift, 0, residues - crop), crop};
}

/// Cells of the stretches' map: all its contacts, and observed residue pairs without one.
struct Cells {
  std::vector<std::int64_t> contacts;
  std::vector<std::int64_t> others;
};

class Training {
 public:
  Training(ContactNetwork& network, const ContactWork& work, const ContactObserver& observer,
           const std::stop_token& stop)
      : m_network(network),
        m_work(work),
        m_observer(observer),
        m_stop(stop),
        m_adam(network.weights(), work.settings.weightDecay) {}

  ContactTraining run();

 private:
  void check() const;
  void standardise();
  double trainEpoch(std::int64_t epoch);
  double step(const ContactComplex& complex, std::optional<NegativePair> negative, Random& random);
  [[nodiscard]] at::Tensor contactLoss(const at::Tensor& logits, const Cells& cells) const;
  [[nodiscard]] Cells drawn(const ContactComplex& complex, const Stretch& a, const Stretch& b,
                            Random& random) const;
  [[nodiscard]] at::Tensor negativeLoss(const NegativePair& pair, Random& random);
  [[nodiscard]] double validated() const;
  [[nodiscard]] double shift() const;
  [[nodiscard]] std::optional<NegativePair> negativeOf(std::int64_t epoch, std::size_t place) const;
  [[nodiscard]] at::Tensor rows(std::uint32_t sequence, const Stretch& stretch) const {
    return rowsOf(m_work.embeddings, sequence).narrow(0, stretch.first, stretch.count);
  }

  ContactNetwork& m_network;
  const ContactWork& m_work;
  const ContactObserver& m_observer;
  std::stop_token m_stop;
  Adam m_adam;
  double m_stepSeconds = 0;
  std::int64_t m_steps = 0;
};

void Training::check() const {
  const auto& set = m_work.set;
  const auto hasContact = [&](std::uint32_t c) { return !set.complexes[c].contacts.empty(); };
  if (std::none_of(m_work.training.begin(), m_work.training.end(), hasContact)) {
    throw Error(ErrorKind::BadInput,
                "no complex to train on has a contact; import structures of complexes, or raise "
                "--distance");
  }
  if (std::none_of(m_work.validation.begin(), m_work.validation.end(), hasContact)) {
    throw Error(ErrorKind::BadInput,
                "no complex to stop the training by has a contact; import complexes of more "
                "families, or raise --distance");
  }
  const std::int64_t crop = m_work.settings.crop;
  std::int64_t most = 0;
  std::int64_t longer = 0;
  for (const auto c : m_work.training) {
    const auto& complex = set.complexes[c];
    const auto a = m_work.embeddings.residues(complex.a);
    const auto b = m_work.embeddings.residues(complex.b);
    most = std::max(most, std::min(a, crop) * std::min(b, crop));
    longer += a > crop || b > crop ? 1 : 0;
  }
  if (longer > 0 && m_observer.message) {
    m_observer.message(
        fmt::format("{} of {} complexes have a chain longer than {} residues: each step sees a "
                    "stretch of it around one of its contacts.",
                    longer, m_work.training.size(), crop));
  }
  const auto needed = contactStepMemory(m_work.settings, most);
  const auto available = weights::availableMemory();
  if (available > 0 && needed > available) {
    constexpr double kGibi = 1024.0 * 1024.0 * 1024.0;
    throw Error(ErrorKind::Memory,
                fmt::format("a training step on {} residue pairs needs {:.1f} GiB of memory, and "
                            "{:.1f} GiB is available; choose a smaller --crop",
                            most, static_cast<double>(needed) / kGibi,
                            static_cast<double>(available) / kGibi));
  }
}

/// By the residues of the training complexes, in double precision.
void Training::standardise() {
  std::set<std::uint32_t> sequences;
  for (const auto c : m_work.training) {
    sequences.insert({m_work.set.complexes[c].a, m_work.set.complexes[c].b});
  }
  const auto width = m_network.inputs();
  at::Tensor sum = at::zeros({width}, at::kDouble);
  at::Tensor squares = at::zeros({width}, at::kDouble);
  double count = 0;
  for (const auto sequence : sequences) {
    const at::Tensor values = rowsOf(m_work.embeddings, sequence).to(at::kDouble);
    sum += values.sum(0);
    squares += values.square().sum(0);
    count += static_cast<double>(values.size(0));
  }
  const at::Tensor mean = sum / count;
  const at::Tensor variance = (squares / count - mean.square()).clamp_min(0);
  m_network.standardiseWith(mean.to(at::kFloat), variance.sqrt().to(at::kFloat));
}

ContactTraining Training::run() {
  check();
  standardise();
  ContactTraining result;
  result.hasInteraction = !m_work.negatives.empty();
  result.validationAuprc = -1;
  const auto started = Clock::now();
  auto best = m_network.state();
  const auto& settings = m_work.settings;
  while (result.epochs < settings.epochs && result.epochs - result.bestEpoch < settings.patience) {
    ++result.epochs;
    const double loss = trainEpoch(result.epochs);
    const double auprc = validated();
    if (m_observer.epochDone) {
      m_observer.epochDone(result.epochs, loss, auprc);
    }
    if (auprc > result.validationAuprc) {
      result.validationAuprc = auprc;
      result.bestEpoch = result.epochs;
      best = m_network.state();
    }
  }
  m_network.restore(best, "the best epoch");
  result.logitShift = shift();
  result.seconds = secondsSince(started);
  result.mapsPerSecond = static_cast<double>(m_steps) / std::max(m_stepSeconds, 1e-9);
  return result;
}

/// The negative pairs in an order of their own each epoch, one a complex.
std::optional<NegativePair> Training::negativeOf(std::int64_t epoch, std::size_t place) const {
  if (m_work.negatives.empty()) {
    return std::nullopt;
  }
  Random random(
      derivedSeed(m_work.seed, kNegatives, static_cast<std::uint64_t>(epoch) << 32U | place));
  return m_work.set.negatives[m_work.negatives[random.below(m_work.negatives.size())]];
}

double Training::trainEpoch(std::int64_t epoch) {
  const auto step64 = static_cast<std::uint64_t>(epoch);
  at::manual_seed(derivedSeed(m_work.seed, kNoise, step64));
  Random random(derivedSeed(m_work.seed, kCells, step64));
  auto order = m_work.training;
  Random(derivedSeed(m_work.seed, kOrder, step64)).shuffle(std::span(order));
  const auto all = static_cast<std::int64_t>(order.size());
  double sum = 0;
  std::int64_t counted = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    throwIfStopped(m_stop);
    const auto& complex = m_work.set.complexes[order[i]];
    if (!complex.contacts.empty()) {
      const auto started = Clock::now();
      sum += step(complex, negativeOf(epoch, i), random);
      m_stepSeconds += secondsSince(started);
      ++m_steps;
      ++counted;
    }
    if (m_observer.progress) {
      m_observer.progress({"Training on complexes",
                           (epoch - 1) * all + static_cast<std::int64_t>(i) + 1,
                           m_work.settings.epochs * all, "complexes"});
    }
  }
  return sum / static_cast<double>(std::max<std::int64_t>(1, counted));
}

double Training::step(const ContactComplex& complex, std::optional<NegativePair> negative,
                      Random& random) {
  const auto& settings = m_work.settings;
  const auto& centre = complex.contacts[random.below(complex.contacts.size())];
  const auto a =
      stretchAround(m_work.embeddings.residues(complex.a), settings.crop, centre.a, random);
  const auto b =
      stretchAround(m_work.embeddings.residues(complex.b), settings.crop, centre.b, random);
  const at::Tensor logits = m_network.trainingLogits(rows(complex.a, a), rows(complex.b, b));
  at::Tensor loss = contactLoss(logits, drawn(complex, a, b, random));
  const at::Tensor map = logits.sigmoid();
  if (settings.magnitude > 0) {
    loss = loss + settings.magnitude * map.mean();
  }
  if (negative) {
    const at::Tensor positive = at::softplus(-m_network.interaction().logit(map));
    loss = loss + settings.interaction * (positive + negativeLoss(*negative, random)) / 2;
  }
  const double value = loss.item().toDouble();
  if (!std::isfinite(value)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the loss on {} was not a finite number; try a smaller --rate, and "
                            "look for embeddings that are no numbers",
                            complex.name));
  }
  loss.backward();
  m_adam.step(settings.learningRate);
  m_network.clamp();
  return value;
}

at::Tensor Training::negativeLoss(const NegativePair& pair, Random& random) {
  const auto anywhere = [&](std::uint32_t sequence) {
    const auto residues = m_work.embeddings.residues(sequence);
    const auto centre = random.below(static_cast<std::uint64_t>(residues));
    return stretchAround(residues, m_work.settings.crop, static_cast<std::uint32_t>(centre),
                         random);
  };
  const auto a = anywhere(pair.a);
  const auto b = anywhere(pair.b);
  const at::Tensor map = m_network.trainingLogits(rows(pair.a, a), rows(pair.b, b)).sigmoid();
  return at::softplus(m_network.interaction().logit(map));
}

/// Draws with replacement: there are hundreds of times as many cells as are drawn.
Cells Training::drawn(const ContactComplex& complex, const Stretch& a, const Stretch& b,
                      Random& random) const {
  Cells cells;
  for (const auto& contact : complex.contacts) {
    if (a.holds(contact.a) && b.holds(contact.b)) {
      cells.contacts.push_back((contact.a - a.first) * b.count + contact.b - b.first);
    }
  }
  const auto within = [](const std::vector<std::uint32_t>& observed, const Stretch& stretch) {
    std::vector<std::int64_t> places;
    for (const auto residue : observed) {
      if (stretch.holds(residue)) {
        places.push_back(residue - stretch.first);
      }
    }
    return places;
  };
  const auto rowPlaces = within(complex.observedA, a);
  const auto columnPlaces = within(complex.observedB, b);
  const std::set<std::int64_t> taken(cells.contacts.begin(), cells.contacts.end());
  if (taken.size() == rowPlaces.size() * columnPlaces.size()) {
    return cells;  // nothing but contacts
  }
  const std::size_t wanted =
      static_cast<std::size_t>(m_work.settings.negatives) * cells.contacts.size();
  while (cells.others.size() < wanted) {
    const auto cell = rowPlaces[random.below(rowPlaces.size())] * b.count +
                      columnPlaces[random.below(columnPlaces.size())];
    if (!taken.contains(cell)) {
      cells.others.push_back(cell);
    }
  }
  return cells;
}

at::Tensor Training::contactLoss(const at::Tensor& logits, const Cells& cells) const {
  const at::Tensor flat = logits.reshape({-1});
  const auto at = [&](const std::vector<std::int64_t>& places) {
    return flat.index_select(0, at::tensor(places, at::kLong));
  };
  at::Tensor sum = at::softplus(-at(cells.contacts)).sum();
  if (!cells.others.empty()) {
    sum = sum + at::softplus(at(cells.others)).sum();
  }
  return sum / static_cast<double>(cells.contacts.size() + cells.others.size());
}

double Training::validated() const {
  double sum = 0;
  double measured = 0;
  for (const auto c : m_work.validation) {
    const auto& complex = m_work.set.complexes[c];
    if (complex.contacts.empty()) {
      continue;
    }
    const auto found = m_network.predict(rowsOf(m_work.embeddings, complex.a),
                                         rowsOf(m_work.embeddings, complex.b), m_stop);
    const at::Tensor map = found.logits.contiguous();
    const std::span values(map.const_data_ptr<float>(), static_cast<std::size_t>(map.numel()));
    sum += measureMap(complex, values).auprc;
    measured += 1;
  }
  return sum / measured;
}

/// The logarithm of the share of non-contacts that was drawn an epoch: a model trained on fewer of
/// them says logits too high by as much (King and Zeng 2001, prior correction).
double Training::shift() const {
  double cells = 0;
  double contacts = 0;
  for (const auto c : m_work.training) {
    const auto& complex = m_work.set.complexes[c];
    cells += complex.contacts.empty() ? 0 : static_cast<double>(complex.cells());
    contacts += static_cast<double>(complex.contacts.size());
  }
  const double others = std::max(cells - contacts, 1.0);
  return std::log(static_cast<double>(m_work.settings.negatives) * contacts / others);
}

}  // namespace

ContactTraining trainNetwork(ContactNetwork& network, const ContactWork& work,
                             const ContactObserver& observer, const std::stop_token& stop) {
  const c10::AutoGradMode gradients(true);
  return Training(network, work, observer, stop).run();
}

at::Tensor rowsOf(const ResidueEmbeddings& embeddings, std::uint32_t sequence) {
  const auto& rows = embeddings.rows[sequence];
  // Nothing here writes into it.
  return at::from_blob(
      const_cast<float*>(rows.data()),  // NOLINT(cppcoreguidelines-pro-type-const-cast)
      {embeddings.residues(sequence), embeddings.width}, at::kFloat);
}

}  // namespace twofold::models
