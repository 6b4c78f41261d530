#include "core/base/system_reason.h"

#include <cerrno>
#include <cstring>

namespace twofold {

std::string systemReason(int error) {
  std::string reason = std::strerror(error);
  if (error == ENOSPC || error == EDQUOT) {
    reason += "; free some space";
  } else if (error == EFBIG) {
    reason += "; raise the limit on the size of files (ulimit -f)";
  }
  return reason;
}

}  // namespace twofold
