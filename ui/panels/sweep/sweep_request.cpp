#include "ui/panels/sweep/sweep_request.h"

#include <QObject>
#include <algorithm>

#include "core/base/error.h"
#include "core/runs/successive_halving.h"
#include "core/runs/sweep_plan.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr std::size_t kMost = 1000;  // as `sweep` takes

QString joined(const QStringList& channels) {
  return channels.join('+');
}

/// "backbone=esm2,unirep", "channels=sequence,sequence+calpha", then the options.
QStringList variations(const SweepRequest& request) {
  QStringList texts;
  if (request.backbones.size() > 1) {
    texts << QStringLiteral("backbone=") + request.backbones.join(',');
  }
  if (request.channelSets.size() > 1) {
    QStringList sets;
    for (const auto& set : request.channelSets) {
      sets << joined(set);
    }
    texts << QStringLiteral("channels=") + sets.join(',');
  }
  for (const auto& option : request.vary) {
    texts << QString::fromStdString(option);
  }
  return texts;
}

void requireSweep(const SweepRequest& request) {
  const auto refuse = [](const char* words) { throw Error(ErrorKind::Usage, words); };
  if (request.pairSet.isEmpty()) {
    refuse("Choose a split first.");
  }
  if (request.backbones.isEmpty()) {
    refuse("Tick at least one backbone.");
  }
  if (request.channelSets.isEmpty()) {
    refuse("Add at least one set of channels.");
  }
  if (variations(request).isEmpty()) {
    refuse(
        "Nothing varies yet: tick a second backbone, add a second set of channels, or vary an "
        "option.");
  }
  if (request.experiment.isEmpty()) {
    refuse("Name the experiment.");
  }
  for (const auto& option : request.vary) {
    if (request.halving > 0 && option.starts_with("training.epochs=")) {
      refuse(
          "Arms that end early are compared after the same epochs, so epochs cannot vary with it.");
    }
  }
}

runs::RunSpec referenceSpec(const SweepRequest& request) {
  runs::RunSpec spec;
  spec.backbone = {request.backbones.front().toStdString(), {}};
  spec.channels.clear();
  for (const auto& channel : request.channelSets.front()) {
    spec.channels.push_back({channel.toStdString(), {}});
  }
  spec.training["epochs"] = std::int64_t{request.epochs};
  return spec;
}

/// Drawing finds that out too, but only after two hundred draws an arm.
void requireEnough(const std::vector<runs::Variation>& variations, int wanted) {
  std::size_t product = 1;
  for (const auto& variation : variations) {
    product *= variation.values.size();
    if (variation.range || product > kMost) {
      return;
    }
  }
  if (product < static_cast<std::size_t>(wanted)) {
    throw Error(ErrorKind::Usage,
                QObject::tr("There are only %1 combinations to draw %2 from. Draw "
                            "fewer, or give more values.")
                    .arg(countText(static_cast<qint64>(product)), countText(wanted))
                    .toStdString());
  }
}

/// As `sweep` makes them, so that none is counted twice and none is missing.
void countArms(const runs::ComponentCatalog& catalog, const SweepRequest& request,
               SweepSize& size) {
  std::vector<runs::Variation> parsed;
  for (const auto& text : variations(request)) {
    parsed.push_back(runs::parseVariation(text.toStdString()));
  }
  if (request.random > 0) {
    requireEnough(parsed, request.random);
  }
  const auto spec = referenceSpec(request);
  const auto arms = request.random > 0 ? runs::randomArms(spec, parsed, request.random, spec.seed)
                                       : runs::gridArms(spec, parsed);
  size.arms = runs::distinctArms(catalog, arms).size();
}

/// The rungs, and the epochs that all runs train together.
void countEpochs(const SweepRequest& request, SweepSize& size) {
  const auto factor = static_cast<std::size_t>(request.halving);
  std::size_t running = size.arms - 1;
  std::int64_t before = 0;
  double epochs = request.epochs;  // the reference is trained to its end
  if (request.halving > 1) {
    for (const auto rung : runs::rungEpochs(request.epochs, running, request.halving)) {
      const auto kept = (running + factor - 1) / factor;
      size.rungs.push_back({rung, running, kept});
      epochs += static_cast<double>(running) * static_cast<double>(rung - before);
      running = kept;
      before = rung;
    }
  }
  epochs += static_cast<double>(running) * static_cast<double>(request.epochs - before);
  size.epochs = epochs * request.seeds;
}

}  // namespace

QStringList sweepArguments(const SweepRequest& request) {
  requireSweep(request);
  QStringList arguments = {"sweep",
                           "--pairs",
                           request.pairSet,
                           "--split",
                           request.split,
                           "--backbone",
                           request.backbones.front(),
                           "--channels",
                           request.channelSets.front().join(',')};
  for (const auto& variation : variations(request)) {
    arguments << "--vary" << variation;
  }
  if (request.random > 0) {
    arguments << "--random" << QString::number(request.random);
  }
  arguments << "--set" << QStringLiteral("training.epochs=%1").arg(request.epochs);
  arguments << "--seeds" << QString::number(request.seeds);
  if (request.halving > 0) {
    arguments << "--halving" << QString::number(request.halving);
  }
  arguments << "--experiment" << request.experiment;
  return arguments;
}

bool isCountedAtOnce(const SweepRequest& request) {
  constexpr int kDraws = 10;  // repeated ones are drawn again, up to two hundred times
  constexpr std::size_t kCombinations = 100;
  if (request.random > 0) {
    return request.random <= kDraws;
  }
  std::size_t product = 1;
  for (const auto& text : variations(request)) {
    const auto values = static_cast<std::size_t>(text.count(',')) + 1;
    product = std::min(product * values, kMost + 1);
  }
  return product <= kCombinations || product > kMost;  // the latter are not made
}

SweepSize sweepSize(const runs::ComponentCatalog& catalog, const SweepRequest& request) {
  requireSweep(request);
  SweepSize size;
  countArms(catalog, request, size);
  size.runs = static_cast<qint64>(size.arms) * request.seeds;
  countEpochs(request, size);
  return size;
}

QString sizeWords(const SweepRequest& request, const SweepSize& size) {
  const auto arms = countText(static_cast<qint64>(size.arms));
  const auto runs = countText(size.runs);
  QString words = QObject::tr("This makes %1 runs: %2 arms, seeds of each: %3.");
  words = words.arg(runs, arms, countText(request.seeds)) + ' ';
  words += QObject::tr("Each is held against %1 · %2 with all other options as given.")
               .arg(request.backbones.front(), request.channelSets.front().join(" + "));
  for (const auto& rung : size.rungs) {
    words += ' ' + QObject::tr("After epoch %1, %2 of %3 arms go on.")
                       .arg(countText(rung.epochs), countText(static_cast<qint64>(rung.kept)),
                            countText(static_cast<qint64>(rung.arms)));
  }
  if (request.halving > 0 && size.rungs.empty()) {
    words += ' ' + QObject::tr("There are too few epochs or arms to end one early.");
  }
  return words;
}

}  // namespace twofold::ui
