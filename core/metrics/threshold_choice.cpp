#include "core/metrics/threshold_choice.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/metrics/class_order.h"
#include "core/metrics/confusion.h"

namespace twofold::metrics {

namespace {

using Kind = ThresholdAim::Kind;

/// More is better.
double worth(const ThresholdAim& aim, const Confusion& at) {
  switch (aim.kind) {
    case Kind::BestMcc:
      return at.mcc();
    case Kind::BestF1:
      return at.f1();
    case Kind::Precision:
      return at.precision() >= aim.precision ? at.recall() : -1;
    case Kind::Cost:
      break;
  }
  return -(aim.falsePositive * at.falsePositives + aim.falseNegative * at.falseNegatives);
}

std::optional<double> positiveNumber(std::string_view text) {
  const auto number = parseReal(text);
  return number && std::isfinite(*number) && *number > 0 ? number : std::nullopt;
}

}  // namespace

ThresholdAim thresholdAimFromText(std::string_view text) {
  const auto equals = text.find('=');
  const auto name = text.substr(0, equals);
  const auto value =
      equals == std::string_view::npos ? std::string_view() : text.substr(equals + 1);
  if (text == "mcc" || text == "f1") {
    return {text == "mcc" ? Kind::BestMcc : Kind::BestF1};
  }
  if (const auto target = positiveNumber(value); name == "precision" && target && *target <= 1) {
    return {Kind::Precision, *target};
  }
  const auto colon = value.find(':');
  if (name == "cost" && colon != std::string_view::npos) {
    const auto falsePositive = positiveNumber(value.substr(0, colon));
    const auto falseNegative = positiveNumber(value.substr(colon + 1));
    if (falsePositive && falseNegative) {
      return {Kind::Cost, 0.9, *falsePositive, *falseNegative};
    }
  }
  throw Error(ErrorKind::Usage,
              fmt::format("\"{}\" is no aim; write mcc, f1, precision=0.9 or cost=5:1 (a false "
                          "positive costs five times a false negative)",
                          text));
}

std::string toText(const ThresholdAim& aim) {
  switch (aim.kind) {
    case Kind::BestMcc:
      return "best MCC";
    case Kind::BestF1:
      return "best F1";
    case Kind::Precision:
      return fmt::format("precision of at least {:g}", aim.precision);
    case Kind::Cost:
      break;
  }
  return fmt::format("least cost, {:g} a false positive and {:g} a false negative",
                     aim.falsePositive, aim.falseNegative);
}

std::optional<double> chooseThreshold(const ThresholdAim& aim, std::span<const float> scores,
                                      std::span<const std::int8_t> labels) {
  if (anyNaN(scores)) {
    return std::nullopt;
  }
  const ClassOrder order(scores, labels);
  if (order.positives() <= 0 || order.negatives() <= 0) {
    return std::nullopt;
  }
  Confusion at{0, 0, order.negatives(), order.positives()};
  std::optional<double> best;
  double bestWorth = aim.kind == Kind::Precision ? 0 : -std::numeric_limits<double>::infinity();
  if (aim.kind == Kind::Cost) {
    bestWorth = worth(aim, at);
  }
  order.descend([&](float score, double positives, double negatives) {
    if (aim.kind == Kind::Cost && !best) {
      best = std::nextafter(static_cast<double>(score), std::numeric_limits<double>::infinity());
    }
    at = {at.truePositives + positives, at.falsePositives + negatives, at.trueNegatives - negatives,
          at.falseNegatives - positives};
    const double here = worth(aim, at);
    // The precision is reached down to the last score that still does.
    if (here > bestWorth || (aim.kind == Kind::Precision && here == bestWorth)) {
      bestWorth = here;
      best = static_cast<double>(score);
    }
  });
  return best;
}

double thresholdOnValidation(const ThresholdAim& aim, std::span<const float> scores,
                             std::span<const std::int8_t> labels) {
  if (const auto found = chooseThreshold(aim, scores, labels)) {
    return *found;
  }
  throw Error(ErrorKind::Usage,
              fmt::format("no threshold on the {} validation pairs reaches a {}; ask for less",
                          labels.size(), toText(aim)));
}

}  // namespace twofold::metrics
