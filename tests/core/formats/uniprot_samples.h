// Small UniProt entries for tests of the readers and imports.
#pragma once

#include <string>

namespace twofold::tests {

/// One entry that uses everything the readers take.
inline std::string uniprotTextEntry() {
  return "ID   CLD1_HUMAN              Reviewed;           8 AA.\n"
         "AC   O95832; Q0001;\n"
         "AC   Q0002;\n"
         "DE   RecName: Full=Claudin-1 {ECO:0000303|PubMed:1};\n"
         "DE   AltName: Full=Another name;\n"
         "GN   Name=CLDN1;\n"
         "OS   Homo sapiens (Human).\n"
         "OX   NCBI_TaxID=9606 {ECO:0000313|EMBL:X};\n"
         "RN   [1]\n"
         "RX   PubMed=9931503; DOI=10.1016/s0378-1119(98)00553-8;\n"
         "RN   [2]\n"
         "RL   Submitted (DEC-1998) to the EMBL/GenBank/DDBJ databases.\n"
         "CC   -!- FUNCTION: Claudins function as major constituents of the tight junction-\n"
         "CC       complexes (PubMed:1). {ECO:0000269|PubMed:1,\n"
         "CC       ECO:0000269|PubMed:2}.\n"
         "CC   -!- FUNCTION: (Microbial infection) Acts as a receptor.\n"
         "CC   -!- SUBUNIT: Interacts with CLDN3. {ECO:0000269|PubMed:3}.\n"
         "CC   -!- SUBCELLULAR LOCATION: [Isoform 1]: Cell junction, tight junction\n"
         "CC       {ECO:0000269|PubMed:1}. Cell membrane; Multi-pass membrane protein\n"
         "CC       {ECO:0000255}. Nucleus (By similarity). Note=Not. A place.\n"
         "CC   ---------------------------------------------------------------------------\n"
         "CC   Copyrighted by the UniProt Consortium\n"
         "CC   ---------------------------------------------------------------------------\n"
         "DR   GO; GO:0005886; C:plasma membrane; IDA:UniProtKB.\n"
         "DR   GO; GO:0042802; F:identical protein binding; IPI:IntAct.\n"
         "DR   InterPro; IPR006187; Claudin.\n"
         "DR   Pfam; PF00822; PMP22_Claudin; 1.\n"
         "DR   PROSITE; PS01346; CLAUDIN; 1.\n"
         "DR   PDB; 1ABC; X-ray; 2.0 A; A=1-8.\n"
         "KW   Cell junction; Membrane {ECO:0000256|RuleBase:RU000477};\n"
         "KW   Tight junction.\n"
         "SQ   SEQUENCE   8 AA;  900 MW;  07269000E6C214F0 CRC64;\n"
         "     MANAGL QL\n"
         "//\n";
}

inline std::string uniprotXmlEntry() {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<uniprot xmlns="http://uniprot.org/uniprot">
<!-- a comment with <tags> -->
<entry dataset="Swiss-Prot" created="1999-07-15">
  <accession>O95832</accession>
  <accession>Q0001</accession>
  <name>CLD1_HUMAN</name>
  <protein>
    <recommendedName><fullName evidence="1">Claudin-1 &amp; &#x3b1;</fullName></recommendedName>
    <component><recommendedName><fullName>Part</fullName></recommendedName></component>
  </protein>
  <organism>
    <name type="common">Human</name>
    <name type="scientific">Homo sapiens</name>
    <dbReference type="NCBI Taxonomy" id="9606"/>
  </organism>
  <organismHost><name type="scientific">Mus musculus</name></organismHost>
  <reference key="1"><citation><dbReference type="PubMed" id="1"/><dbReference type="DOI" id="x"/></citation></reference>
  <reference key="2"><citation type="submission"/></reference>
  <comment type="function"><text>First.</text></comment>
  <comment type="function"><text><![CDATA[Second <one>.]]></text></comment>
  <comment type="subunit"><text evidence="1">Interacts with CLDN3.</text></comment>
  <comment type="alternative products"><isoform><id>X-1</id><sequence type="displayed"/></isoform><text>No.</text></comment>
  <comment type="subcellular location">
    <subcellularLocation><location evidence="2 1">Cell membrane</location><topology>Multi-pass</topology></subcellularLocation>
  </comment>
  <dbReference type="GO" id="GO:0005886"><property type="term" value="C:plasma membrane"/><property type="evidence" value="ECO:0000314"/></dbReference>
  <dbReference type="GO" id="GO:0042802"><property type="term" value="F:identical protein binding"/><property type="evidence" value="IPI:IntAct"/></dbReference>
  <dbReference type="InterPro" id="IPR006187"/>
  <dbReference type="Pfam" id="PF00822"><property type="entry name" value="PMP22_Claudin"/></dbReference>
  <dbReference type="PROSITE" id="PS01346"/>
  <keyword id="KW-0472" evidence="1">Membrane</keyword>
  <keyword id="KW-0965">Cell junction</keyword>
  <evidence key="1" type="ECO:0000256"><source><dbReference type="RuleBase" id="RU000477"/></source></evidence>
  <evidence key="2" type="ECO:0000269"/>
  <sequence length="8" mass="900">MANAG
  LQL</sequence>
</entry>
</uniprot>
)";
}

}  // namespace twofold::tests
