// A graph of ten terms with the roots that evidence rules exclude.
#pragma once

#include "core/data/term_graph.h"

namespace twofold::tests {

///   GO:0000001 process ◀ GO:0000002 ◀ GO:0000003 (two ways, one by part_of)
///   GO:0003674 function ◀ GO:0005488 binding ◀ GO:0005515 protein binding ◀ GO:0042802
///   GO:0005575 component ◀ GO:0032991 complex ◁part_of GO:0000502; GO:0099999 is obsolete
inline data::TermGraph smallOntology() {
  using data::AnnotationKind;
  using data::TermRelation;
  return {{{"GO:0000001", "process", AnnotationKind::Process},
           {"GO:0000002", "small process", AnnotationKind::Process},
           {"GO:0000003", "tiny process", AnnotationKind::Process},
           {"GO:0003674", "function", AnnotationKind::Function},
           {"GO:0005488", "binding", AnnotationKind::Function},
           {"GO:0005515", "protein binding", AnnotationKind::Function},
           {"GO:0042802", "identical protein binding", AnnotationKind::Function},
           {"GO:0005575", "component", AnnotationKind::Component},
           {"GO:0032991", "protein-containing complex", AnnotationKind::Component},
           {"GO:0000502", "part of a complex", AnnotationKind::Component},
           {"GO:0099999", "old", AnnotationKind::Process, true}},
          {{2, 1, TermRelation::IsA},
           {2, 0, TermRelation::PartOf},
           {1, 0, TermRelation::IsA},
           {6, 5, TermRelation::IsA},
           {5, 4, TermRelation::IsA},
           {4, 3, TermRelation::IsA},
           {8, 7, TermRelation::IsA},
           {9, 8, TermRelation::PartOf}}};
}

}  // namespace twofold::tests
