#include "core/base/options.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold {

Options::Options(std::string owner, std::span<const OptionSpec> specs, const OptionValues& values)
    : m_owner(std::move(owner)) {
  std::vector<std::string> ids;
  for (const auto& spec : specs) {
    ids.push_back(spec.id);
    const auto given = values.find(spec.id);
    m_values[spec.id] =
        given == values.end() ? spec.defaultValue : checkedOption(spec, given->second);
  }
  for (const auto& [id, value] : values) {
    if (!m_values.contains(id)) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{} has no option \"{}\"{}", m_owner, id, didYouMean(id, ids)));
    }
  }
}

const OptionValue& Options::value(const std::string& id) const {
  const auto found = m_values.find(id);
  if (found == m_values.end()) {
    throw Error(ErrorKind::Internal, fmt::format("{} declares no option \"{}\"", m_owner, id));
  }
  m_read.insert(id);
  return found->second;
}

bool Options::flag(const std::string& id) const {
  return std::get<bool>(value(id));
}
std::int64_t Options::integer(const std::string& id) const {
  return std::get<std::int64_t>(value(id));
}
double Options::real(const std::string& id) const {
  return std::get<double>(value(id));
}
const std::string& Options::text(const std::string& id) const {
  return std::get<std::string>(value(id));
}

void Options::requireAllRead() const {
  for (const auto& [id, value] : m_values) {
    if (!m_read.contains(id)) {
      throw Error(ErrorKind::Internal,
                  fmt::format("{} never reads its option \"{}\"", m_owner, id));
    }
  }
}

}  // namespace twofold
