#include "models/allpairs/best_partners.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace twofold::models {

namespace {

constexpr std::size_t kRoom = 256;  // beyond the best, at least

bool isBetter(const Partner& a, const Partner& b) {
  return a.logit != b.logit ? a.logit > b.logit : a.protein < b.protein;
}

}  // namespace

BestPartners::BestPartners(std::size_t top, float smallest) : m_top(top), m_threshold(smallest) {
  m_partners.reserve(top == 0 ? 0 : 2 * top + kRoom);
}

void BestPartners::add(const Partner& partner) {
  m_partners.push_back(partner);
  if (m_top > 0 && m_partners.size() == 2 * m_top + kRoom) {
    dropWorst();
  }
}

void BestPartners::dropWorst() {
  const auto last = m_partners.begin() + static_cast<std::ptrdiff_t>(m_top) - 1;
  std::nth_element(m_partners.begin(), last, m_partners.end(), isBetter);
  // One that is only as good comes later, and so is worse.
  m_threshold = std::nextafter(last->logit, std::numeric_limits<float>::infinity());
  m_partners.resize(m_top);
}

std::vector<Partner> BestPartners::taken() && {
  if (m_top > 0 && m_partners.size() > m_top) {
    dropWorst();
  }
  std::sort(m_partners.begin(), m_partners.end(), isBetter);
  return std::move(m_partners);
}

}  // namespace twofold::models
