// FAISS's exceptions become Error at the door.
#pragma once

#include <functional>

namespace twofold::retrieval {

/// Runs `work`; what FAISS throws in it becomes Error(Internal).
void throughFaiss(const std::function<void()>& work);

}  // namespace twofold::retrieval
