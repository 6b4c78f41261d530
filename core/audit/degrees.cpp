#include "core/audit/degrees.h"

namespace twofold::audit {

std::vector<Degree> degreesOf(const Subject& subject,
                              const std::function<bool(std::size_t)>& counts) {
  std::vector<Degree> degrees(subject.proteins().size());
  for (std::size_t i = 0; i < subject.size(); ++i) {
    const auto label = subject.pair(i).label;
    if (label == data::Label::Unknown || !counts(i)) {
      continue;
    }
    const auto [a, b] = subject.sides(i);
    const auto count = [&](std::uint32_t protein) {
      (label == data::Label::Positive ? degrees[protein].positive : degrees[protein].negative) += 1;
    };
    count(a);
    if (b != a) {
      count(b);
    }
  }
  return degrees;
}

}  // namespace twofold::audit
