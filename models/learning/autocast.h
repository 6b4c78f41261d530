// Mixed precision for a scope.
#pragma once

#include <c10/core/Device.h>

#include "models/learning/training_options.h"

namespace twofold::models {

/// Matrix products of this thread in bf16 while it lives; nothing with fp32.
class Autocast {
 public:
  Autocast(c10::Device device, Precision precision);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  c10::DeviceType m_type;
  bool m_on;
};

}  // namespace twofold::models
