#include "ui/panels/structure/structure_panel.h"

#include <QSignalBlocker>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/base/error.h"
#include "ui/panels/structure/residue_tint.h"
#include "ui/theme/number_text.h"
#include "ui/viewport/viewport_overlay.h"

namespace twofold::ui {
namespace {

QString fileNames(const StructureChoice& choice) {
  QString names = QString::fromStdString(choice.fileA.filename().string());
  if (!choice.fileB.empty() && choice.fileB != choice.fileA) {
    names += QStringLiteral(", ") + QString::fromStdString(choice.fileB.filename().string());
  }
  return names;
}

}  // namespace

StructurePanel::StructurePanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme) {
  setObjectName(QStringLiteral("structurePanel"));
  buildLayout();
  connectViews();
  connect(&session, &Session::pairFocused, this, &StructurePanel::followPair);
  connect(&session, &Session::structureFocused, this, &StructurePanel::followStructure);
  connect(&session, &Session::residueValuesChanged, this, [this] {
    if (!m_scene.chains.empty()) {
      const auto selection = m_selection;
      showScene(ViewportWidget::View::Keep);
      select(selection);
    }
  });
  connect(&session, &Session::projectChanged, this, &StructurePanel::followPair);
  connect(&session, &Session::dataChanged, this, [this] {
    if (m_scene.chains.empty()) {  // what was missing may have come
      followPair();
    }
  });
  if (session.structure() != 0) {
    followStructure();
  } else {
    followPair();
  }
}

StructurePanel::~StructurePanel() = default;

void StructurePanel::followPair() {
  if (!m_session.project()) {
    showNothing(tr("The structure of a pair appears here once a project is open."));
    return;
  }
  if (!m_session.pair()) {
    if (m_session.structure() != 0) {
      followStructure();
      return;
    }
    showNothing(tr("The structure of the focused pair appears here: both chains in 3-D, their "
                   "interface and their sequences. Choose a pair in the list of pairs."),
                tr("Show pairs"));
    return;
  }
  const FocusedPair& pair = *m_session.pair();
  try {
    const QList<StructureChoice> choices = choicesForPair(*m_session.project(), pair);
    if (choices.isEmpty()) {
      showNothing(tr("No structure of %1 or %2 is in this project. With one, both chains, their "
                     "interface and their contacts appear here.")
                      .arg(pair.idA, pair.idB),
                  tr("Import structures"));
      return;
    }
    offer(choices);
  } catch (const Error& error) {
    showNothing(QString::fromStdString(error.what()));
  }
}

void StructurePanel::followStructure() {
  if (!m_session.project() || m_session.structure() == 0) {
    followPair();
    return;
  }
  try {
    offer({choiceForStructure(*m_session.project(), m_session.structure())});
  } catch (const Error& error) {
    showNothing(QString::fromStdString(error.what()));
  }
}

void StructurePanel::offer(const QList<StructureChoice>& choices) {
  if (choices == m_choices && !m_scene.chains.empty()) {
    return;  // shown already
  }
  m_choices = choices;
  m_unreadable.clear();
  const QSignalBlocker quiet(m_chooser);
  m_chooser->clear();
  for (const StructureChoice& choice : choices) {
    m_chooser->addItem(choice.label);
  }
  m_chooser->setVisible(choices.size() > 1);
  load(choices);
}

void StructurePanel::load(const QList<StructureChoice>& candidates) {
  m_scene = {};
  m_widest.clear();
  m_selection.clear();
  m_pages->showNote(tr("Reading %1…").arg(fileNames(candidates.first())));
  m_task.start([candidates](const std::stop_token&) { return loadStructure(candidates); },
               [this, candidates](Outcome<LoadedStructure> outcome) {
                 if (auto* loaded = std::get_if<LoadedStructure>(&outcome)) {
                   const auto shown = m_choices.indexOf(candidates.at(loaded->choice));
                   m_chooser->setCurrentIndex(static_cast<int>(shown));
                   showLoaded(std::move(*loaded));
                 } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                   loadFailed(candidates.first(), QString::fromStdString(failed->message));
                 }
               });
}

void StructurePanel::loadFailed(const StructureChoice& choice, const QString& reason) {
  m_unreadable.append(choice.fileA);
  QList<StructureChoice> others;
  std::ranges::copy_if(m_choices, std::back_inserter(others),
                       [this](const auto& other) { return !m_unreadable.contains(other.fileA); });
  if (others.isEmpty()) {
    showNothing(tr("The structure cannot be read.\n%1").arg(reason), tr("Import structures"));
    return;
  }
  Q_EMIT m_session.message(reason, true);
  load(others);
}

void StructurePanel::showLoaded(LoadedStructure loaded) {
  m_scene = std::move(loaded.scene);
  m_mappings = std::move(loaded.mappings);
  m_widest = std::move(loaded.widest);
  showScene(ViewportWidget::View::Fit);
  m_pages->showContent();
}

void StructurePanel::showScene(ViewportWidget::View view) {
  tintResidues();
  if (m_viewport) {
    m_viewport->setScene(m_scene, view);
  }
  QStringList notes;
  for (const std::string& note : m_scene.notes) {
    notes.append(QString::fromStdString(note));
  }
  const QString title = QString::fromStdString(m_scene.title);
  const QString choice = m_chooser->currentText();
  const bool alone = m_choices.size() == 1;
  m_title->setText(!alone            ? title
                   : title.isEmpty() ? choice
                                     : choice + QStringLiteral("  ") + title);
  m_title->setToolTip((QStringList(m_title->text()) + notes).join(QLatin1Char('\n')));
  m_chains->setScene(m_scene);
  showSequences();
  m_interface->setScene(m_scene, m_widest);
  select({});
}

void StructurePanel::tintResidues() {
  m_largestValue = tintChains(m_scene, m_mappings, m_session.residueValues());
  m_tint->setVisible(m_largestValue > 0);
  if (m_largestValue > 0) {
    m_tintWords->setText(
        tr("%1. Orange speaks for interaction, blue against it, by at most %2 of "
           "the logit a residue; grey was not seen.")
            .arg(m_session.residueValues()->method, probabilityText(m_largestValue)));
  }
}

void StructurePanel::showNothing(const QString& text, const QString& action) {
  m_task.stop();
  m_choices.clear();
  m_scene = {};
  m_widest.clear();
  m_selection.clear();
  m_pages->showNote(text, action);
}

void StructurePanel::chooseChains(int chainA, int chainB) {
  focusChains(m_scene, chainA, chainB);
  m_widest = widestContacts(m_scene);
  showScene(ViewportWidget::View::Keep);
}

void StructurePanel::showSequences() {
  const auto fill = [this](SequenceStrip* strip, MappingLine* line, int chain) {
    strip->setVisible(chain >= 0);
    line->setMapping(chain >= 0 ? m_mappings[static_cast<std::size_t>(chain)] : std::nullopt);
    if (chain >= 0) {
      strip->setChain(m_scene.chains[static_cast<std::size_t>(chain)]);
    }
  };
  const bool single = m_scene.chainA < 0 && !m_scene.chains.empty();
  fill(m_stripA, m_mappingA, single ? 0 : m_scene.chainA);
  fill(m_stripB, m_mappingB, m_scene.chainB);
}

void StructurePanel::markSequences() {
  m_stripA->setMarks(m_interface->highlight().inA);
  m_stripB->setMarks(m_interface->highlight().inB);
  if (m_viewport) {
    m_viewport->setHighlight(m_interface->highlight());
  }
}

void StructurePanel::select(const QList<ResidueRef>& selection) {
  m_selection = selection;
  if (m_viewport) {
    m_viewport->setSelection(selection);
  }
  const int chainA = std::max(m_scene.chainA, 0);
  QList<int> inA, inB;
  for (const ResidueRef& ref : selection) {
    if (ref.chain == chainA) {
      inA.append(ref.residue);
    } else if (ref.chain == m_scene.chainB) {
      inB.append(ref.residue);
    }
  }
  m_stripA->setSelected(inA);
  m_stripB->setSelected(inB);
  m_interface->showSelection(selection);
  selectionText();
}

QString StructurePanel::valueText(const ResidueRef& ref) const {
  const auto& values = m_scene.chains.at(static_cast<std::size_t>(ref.chain)).values;
  const auto at = static_cast<std::size_t>(ref.residue);
  return at >= values.size() || std::isnan(values[at])
             ? QString()
             : QStringLiteral(" (%1)").arg(deltaText(double{values[at]} * m_largestValue));
}

void StructurePanel::selectionText() {
  QStringList names;
  for (const ResidueRef& ref : m_selection) {
    names.append(QString::fromStdString(m_scene.label(ref)) + valueText(ref));
  }
  constexpr int kMostNames = 4;
  const bool many = names.size() > kMostNames;
  m_picked->setText(
      names.isEmpty() ? tr("Click a residue to see its name")
      : many          ? tr("%1 selected").arg(residuesText(static_cast<std::size_t>(names.size())))
                      : names.join(QStringLiteral(" – ")));
}

void StructurePanel::hover(const ResidueRef& residue) {
  const int chainA = std::max(m_scene.chainA, 0);
  m_stripA->setHovered(residue.chain == chainA ? residue.residue : -1);
  m_stripB->setHovered(residue.isValid() && residue.chain == m_scene.chainB ? residue.residue : -1);
}

void StructurePanel::clickStrip(int chain, int residue, bool toggle) {
  const ResidueRef ref{chain, residue};
  QList<ResidueRef> wanted = toggle ? m_selection : QList<ResidueRef>();
  if (!wanted.removeOne(ref)) {
    wanted.append(ref);
  }
  select(wanted);
}

}  // namespace twofold::ui
