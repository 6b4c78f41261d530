// From a trained pair model to the table that scores all pairs of its proteins.
#pragma once

#include "models/allpairs/factorised_table.h"
#include "models/learning/evaluator.h"

namespace twofold::models {

/// Of all proteins in `work.table`, in their order. Throws Error(Usage) when the model's head is
/// not the factorised one; StopRequested.
[[nodiscard]] FactorisedTable factorisedTableOf(const EvaluationWork& work);

}  // namespace twofold::models
