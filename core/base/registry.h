// An explicit, ordered list of parts of one kind: descriptor and maker side by side.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "core/base/descriptor.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold {

template <class Maker>
class Registry {
 public:
  struct Entry {
    Descriptor descriptor;
    Maker make;
  };

  /// `kind` is the word used in messages: "backbone", "channel", …
  explicit Registry(std::string kind) : m_kind(std::move(kind)) {}

  /// Throws Error(Internal) when the id is taken.
  void add(Descriptor descriptor, Maker make) {
    for (const auto& entry : m_entries) {
      if (entry.descriptor.id == descriptor.id) {
        throw Error(ErrorKind::Internal,
                    fmt::format("two {}s are called \"{}\"", m_kind, descriptor.id));
      }
    }
    m_entries.push_back({std::move(descriptor), std::move(make)});
  }

  /// Throws Error(Usage) naming the nearest id when there is none.
  [[nodiscard]] const Entry& find(const std::string& id) const {
    std::vector<std::string> ids;
    for (const auto& entry : m_entries) {
      if (entry.descriptor.id == id) {
        return entry;
      }
      ids.push_back(entry.descriptor.id);
    }
    throw Error(ErrorKind::Usage,
                fmt::format("there is no {} \"{}\"{}", m_kind, id, didYouMean(id, ids)));
  }

  [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }

 private:
  std::string m_kind;
  std::vector<Entry> m_entries;
};

}  // namespace twofold
