#include "models/learning/autocast.h"

#include <ATen/autocast_mode.h>

namespace twofold::models {

Autocast::Autocast(c10::Device device, Precision precision)
    : m_type(device.type()), m_on(precision == Precision::Bf16) {
  if (m_on) {
    at::autocast::set_autocast_dtype(m_type, at::kBFloat16);
    at::autocast::set_autocast_enabled(m_type, true);
    at::autocast::increment_nesting();
  }
}

Autocast::~Autocast() {
  if (m_on) {
    // Casts of weights are cached within one scope; the next step has other weights.
    if (at::autocast::decrement_nesting() == 0) {
      at::autocast::clear_cache();
    }
    at::autocast::set_autocast_enabled(m_type, false);
  }
}

}  // namespace twofold::models
