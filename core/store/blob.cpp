#include "core/store/blob.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold::store {

void checkBlobSize(std::size_t bytes, std::size_t size, std::string_view what) {
  if (bytes % size != 0) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the store is damaged: the {} take {} bytes, not a multiple of {}; put "
                            "back a backup",
                            what, bytes, size));
  }
}

}  // namespace twofold::store
