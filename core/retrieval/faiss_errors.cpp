#include "core/retrieval/faiss_errors.h"

#include <faiss/impl/FaissException.h>

#include <string>

#include "core/base/error.h"

namespace twofold::retrieval {

void throughFaiss(const std::function<void()>& work) {
  try {
    work();
  } catch (const faiss::FaissException& error) {
    throw Error(ErrorKind::Internal, std::string("FAISS: ") + error.what());
  }
}

}  // namespace twofold::retrieval
