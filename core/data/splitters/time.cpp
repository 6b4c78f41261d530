#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/dates.h"
#include "core/base/text_option.h"
#include "core/data/splitters/protein_index.h"
#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

struct Boundaries {
  std::string validation;  // the first date of it; a text after all dates: there is none
  std::string test;
};

constexpr std::string_view kNever = "9999-99-99";

/// A pair is as old as the younger of its two entries.
std::string dateOf(const SplitProtein& a, const SplitProtein& b) {
  return a.created.empty() || b.created.empty() ? std::string() : std::max(a.created, b.created);
}

/// The dates at which the shares of pairs are reached; pairs of one date stay together.
Boundaries boundariesByShare(const std::map<std::string, std::int64_t>& pairsByDate,
                             const Shares& shares) {
  std::int64_t total = 0;
  for (const auto& [date, pairs] : pairsByDate) {
    total += pairs;
  }
  const auto sum = static_cast<double>(total);
  Boundaries found{std::string(kNever), std::string(kNever)};
  double before = 0;
  for (const auto& [date, pairs] : pairsByDate) {
    const double middle = before + static_cast<double>(pairs) / 2;
    if (shares[2] > 0 && middle >= sum * (shares[0] + shares[1])) {
      found.test = std::min(found.test, date);
    } else if (shares[1] > 0 && middle >= sum * shares[0]) {
      found.validation = std::min(found.validation, date);
    }
    before += static_cast<double>(pairs);
  }
  found.validation = std::min(found.validation, found.test);
  return found;
}

Boundaries boundariesOf(const SplitRequest& request, const Options& options,
                        const std::map<std::string, std::int64_t>& pairsByDate) {
  const auto& validation = options.text("validation_from");
  const auto& test = options.text("test_from");
  if (validation.empty() && test.empty()) {
    return boundariesByShare(pairsByDate, sharesOf(request.ratio));
  }
  if (!isDate(validation) || !isDate(test) || validation > test) {
    throw Error(ErrorKind::Usage,
                fmt::format("validation_from \"{}\" and test_from \"{}\" must be two dates such as "
                            "2015-01-01, the first not after the second; or give neither",
                            validation, test));
  }
  return {validation, test};
}

Part partOf(const std::string& date, const Boundaries& bounds) {
  return date.empty()                ? Part::None
         : date >= bounds.test       ? Part::Test
         : date >= bounds.validation ? Part::Validation
                                     : Part::Train;
}

std::vector<Cut> cutByTime(const SplitRequest& request, const Options& options) {
  const auto ends = endsOf(request);
  std::map<std::string, std::int64_t> pairsByDate;
  for (const auto& [a, b] : ends) {
    const auto date = dateOf(request.proteins[a], request.proteins[b]);
    pairsByDate[date] += date.empty() ? 0 : 1;
  }
  pairsByDate.erase(std::string());
  const auto bounds = boundariesOf(request, options, pairsByDate);
  if (pairsByDate.empty() && !request.pairs.empty()) {
    throw Error(ErrorKind::Usage,
                "no pair has dates for both of its proteins; import their UniProt entries, text or "
                "XML, which say since when they are there");
  }
  Cut cut;
  cut.byRatio = options.text("test_from").empty();
  for (const auto& [a, b] : ends) {
    const Part part = partOf(dateOf(request.proteins[a], request.proteins[b]), bounds);
    cut.split.parts.push_back(part);
    if (part == Part::None) {
      ++cut.dropped["a protein has no date"];
    }
  }
  cut.notes.push_back(fmt::format(
      "A pair is as old as the younger of its two UniProt entries. Validation begins on {}, test "
      "on "
      "{}; pairs go from {} to {}.",
      bounds.validation, bounds.test, pairsByDate.empty() ? "" : pairsByDate.begin()->first,
      pairsByDate.empty() ? "" : pairsByDate.rbegin()->first));
  std::vector<SplitProtein> dates(request.proteins.begin(), request.proteins.end());
  for (auto& protein : dates) {
    protein.sequence.clear();
  }
  cut.where = [dates = std::move(dates), bounds](ProteinKey a, ProteinKey b) {
    return partOf(dateOf(dates[placeOf(dates, a)], dates[placeOf(dates, b)]), bounds);
  };
  return {std::move(cut)};
}

}  // namespace

SplitRule timeRule() {
  return {
      {"time",
       "Time",
       "Older pairs are for training, younger ones for validation, the youngest for test; a pair "
       "is as old as the younger of its two proteins' UniProt entries.",
       {textOption("validation_from", "Validation from",
                   "A date such as 2012-01-01. Empty: both dates follow from the ratio."),
        textOption("test_from", "Test from", "A date such as 2015-01-01.")}},
      {{.dates = true}, cutByTime}};
}

}  // namespace twofold::data
