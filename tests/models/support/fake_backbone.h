// A backbone without a network: numbers that depend on the sequence alone, and a count of calls.
#pragma once

#include <string>

#include "models/learning/backbone.h"

namespace twofold::models {

class FakeBackbone : public Backbone {
 public:
  std::int64_t width() const override { return 2; }
  std::string identity() const override { return "fake"; }
  void embed(const EmbedWork& work) override {
    // Backwards, because the order is the backbone's own affair.
    for (std::size_t i = work.sequences.size(); i > 0; --i) {
      throwIfStopped(work.stop);
      const std::string& sequence = work.sequences[i - 1];
      work.take(i - 1, {0, {static_cast<float>(sequence.size()), static_cast<float>(sequence[0])}});
      ++embedded;
    }
  }

  int embedded = 0;
};

}  // namespace twofold::models
