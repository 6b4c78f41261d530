// FAISS's exceptions become Error at the door.
#pragma once

#include <faiss/impl/FaissException.h>

#include <string>

#include "core/base/error.h"

namespace twofold::retrieval {

template <class Work>
void throughFaiss(const Work& work) {
  try {
    work();
  } catch (const faiss::FaissException& error) {
    throw Error(ErrorKind::Internal, std::string("FAISS: ") + error.what());
  }
}

}  // namespace twofold::retrieval
