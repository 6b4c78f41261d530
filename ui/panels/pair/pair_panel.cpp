#include "ui/panels/pair/pair_panel.h"

#include <QStyle>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/store/structure_repository.h"
#include "ui/session/guarded.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

QString proteinWords(const data::Protein& protein) {
  QStringList words;
  for (const auto& text : {protein.name, protein.organism}) {
    if (!text.empty()) {
      words << QString::fromStdString(text);
    }
  }
  words << QObject::tr("%1 residues").arg(countText(static_cast<qint64>(protein.sequence.size())));
  return words.join(QStringLiteral(" · "));
}

QString labelWords(const FocusedPair& pair) {
  switch (pair.label) {
    case data::Label::Positive:
      return QObject::tr("Labelled as interacting in %1").arg(pair.pairSet);
    case data::Label::Negative:
      return QObject::tr("Labelled as not interacting in %1").arg(pair.pairSet);
    case data::Label::Unknown:
      break;
  }
  return QObject::tr("No label");
}

}  // namespace

PairPanel::PairPanel(Session& session, const Theme& theme, ServeClient& serve, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_serve(serve) {
  setObjectName(QStringLiteral("pairPanel"));
  buildLayout();
  connect(&m_session, &Session::projectChanged, this, [this] {
    m_runState.reset();
    showPair();
    followRun();
  });
  connect(&m_session, &Session::pairFocused, this, &PairPanel::showPair);
  connect(&m_session, &Session::runFocused, this, &PairPanel::followRun);
  connect(&m_session, &Session::runsChanged, this, &PairPanel::followRun);
  connect(&m_serve, &ServeClient::loaded, this, &PairPanel::makeChannels);
  connect(&m_serve, &ServeClient::scored, this, &PairPanel::showAnswer);
  connect(&m_serve, &ServeClient::failed, this, [this](const QString& text) {
    m_busy = false;
    clearAnswer();
    if (!m_serve.isLoaded()) {
      makeChannels({});  // there is no model whose channels could be switched
    }
    showState(text, true);
  });
  showPair();
  followRun();
}

void PairPanel::showPair() {
  const auto& pair = m_session.pair();
  if (m_session.project() == nullptr || !pair) {
    m_pages->showNote(
        tr("The pair you click is shown here: its proteins, and the probability that the "
           "model in focus gives it."));
    return;
  }
  m_idA->setText(pair->idA);
  m_idB->setText(pair->idB);
  try {
    store::ProteinRepository proteins(m_session.project()->database());
    m_wordsA->setText(proteinWords(proteins.byKey(pair->keyA)));
    m_wordsB->setText(proteinWords(proteins.byKey(pair->keyB)));
  } catch (const Error& error) {
    m_wordsA->setText(error.what());
    m_wordsB->clear();
  }
  showLabel();
  m_pages->showContent();
  // The number on screen is another pair's until the worker answers.
  clearAnswer();
  askScore();
}

PairPanel::RunState PairPanel::runState() const {
  RunState state{m_session.run(), {}, 0};
  if (m_session.project() == nullptr || state.id.isEmpty()) {
    return state;
  }
  try {
    const auto record =
        store::RunRepository(m_session.project()->database()).run(state.id.toStdString());
    state.status = record.status;
    state.epochs = record.epochs;
  } catch (const Error&) {
    // The worker says in words what is wrong with the run.
  }
  return state;
}

void PairPanel::forgetModel() {
  m_serve.forget();
  m_busy = false;
  makeChannels({});
}

void PairPanel::followRun() {
  const RunState state = runState();
  if (m_runState == state) {
    return;
  }
  const bool sameRun = m_runState && m_runState->id == state.id;
  m_residues->forget();
  m_runState = state;
  showLabel();
  if (state.id.isEmpty()) {
    forgetModel();
    showState(tr("No run is in focus. Click a finished run in Compare to see what its model says."),
              false);
  } else if (state.status == store::RunStatus::Queued) {
    forgetModel();
    showState(
        tr("Run %1 waits in the queue. Its probabilities appear here when it ends.").arg(state.id),
        false);
  } else if (state.status == store::RunStatus::Running) {
    forgetModel();
    showState(
        tr("Run %1 is still training. Its probabilities appear here when it ends.").arg(state.id),
        false);
  } else {
    if (sameRun) {
      m_serve.forget();
    }
    m_busy = true;
    clearAnswer();
    showState(tr("Loading the model of run %1").arg(state.id), false);
    m_serve.load(state.id);
  }
}

void PairPanel::makeChannels(const QStringList& channels) {
  QStringList shown;
  for (const auto* row : m_rows) {
    shown << row->id();
  }
  m_busy = false;
  if (shown != channels) {
    for (auto* row : m_rows) {
      row->deleteLater();
    }
    m_rows.clear();
    for (const auto& channel : channels) {
      auto* row =
          new ChannelRow(m_theme, channel, m_serve.channelName(channel), m_pages->content());
      connect(row, &ChannelRow::toggled, this, &PairPanel::askScore);
      m_channels->addWidget(row);
      m_rows.push_back(row);
    }
    alignSwitches();
  }
  m_whatIf->setVisible(!channels.isEmpty());
  m_residues->setVisible(!channels.isEmpty());
  askScore();
}

void PairPanel::alignSwitches() {
  int widest = 0;
  for (const auto* row : m_rows) {
    widest = std::max(widest, row->switchWidth());
  }
  for (auto* row : m_rows) {
    row->setSwitchWidth(widest);
  }
}

void PairPanel::askScore() {
  const auto& pair = m_session.pair();
  if (!pair || m_session.run().isEmpty() || m_rows.empty()) {
    clearAnswer();
    return;
  }
  QStringList on;
  for (const auto* row : m_rows) {
    if (row->isOn()) {
      on << row->id();
    }
  }
  m_busy = true;
  m_serve.score(pair->idA, pair->idB, on);
}

void PairPanel::showLabel() {
  if (const auto& pair = m_session.pair()) {
    const QString part = partWords();
    m_label->setText(part.isEmpty() ? labelWords(*pair)
                                    : labelWords(*pair) + QStringLiteral(" · ") + part);
  }
}

QString PairPanel::partWords() const {
  const auto& pair = m_session.pair();
  if (!pair || pair->index < 0 || m_session.run().isEmpty() || m_session.project() == nullptr) {
    return {};
  }
  try {
    auto& database = m_session.project()->database();
    const auto record = store::RunRepository(database).run(m_session.run().toStdString());
    const auto spec =
        runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
    if (QString::fromStdString(spec.pairSet) != pair->pairSet) {
      return {};
    }
    store::PairRepository pairs(database);
    const auto split = pairs.split(pairs.splitInfo(spec.pairSet, spec.split).key);
    const auto part = split.parts.at(static_cast<std::size_t>(pair->index));
    return part == data::Part::None ? tr("in no part of %1").arg(QString::fromStdString(spec.split))
                                    : tr("in the %1 part of %2")
                                          .arg(QString::fromUtf8(data::name(part).data()),
                                               QString::fromStdString(spec.split));
  } catch (const std::exception&) {
    return {};  // the run or its split was deleted: there is no part to name
  }
}

QString PairPanel::absenceWords(const QString& channel) const {
  const auto& pair = m_session.pair();
  QStringList without;
  if (channel == "calpha" && pair) {
    guarded(m_session, [&] {
      store::StructureRepository structures(m_session.project()->database());
      if (!structures.bestChain(pair->keyA)) {
        without << pair->idA;
      }
      if (!structures.bestChain(pair->keyB) && pair->idB != pair->idA) {
        without << pair->idB;
      }
    });
  }
  if (!without.isEmpty()) {
    return tr("No structure for %1, so it is left out").arg(without.join(tr(" and ")));
  }
  return tr("Not known for both proteins, so it is left out");
}

void PairPanel::clearAnswer() {
  m_bar->setValue(std::nan(""), 0.5);
  m_probability->setText(QStringLiteral("–"));
  m_call->clear();
  m_base->hide();
  for (auto* row : m_rows) {
    row->clearAnswer();
    row->setPresence({});
  }
}

void PairPanel::showAnswer(const ScoreAnswer& answer) {
  const auto& pair = m_session.pair();
  if (!pair || answer.a != pair->idA || answer.b != pair->idB) {
    return;
  }
  m_busy = false;
  m_bar->setValue(answer.probability, answer.threshold);
  m_probability->setText(probabilityText(answer.probability));
  m_call->setText(
      answer.probability >= answer.threshold
          ? tr("called interacting, threshold %1").arg(probabilityText(answer.threshold))
          : tr("called not interacting, threshold %1").arg(probabilityText(answer.threshold)));
  for (auto* row : m_rows) {
    row->setAnswer(answer.probability, answer.toggled.value(row->id(), answer.probability),
                   answer.threshold);
    row->setPresence(answer.present.value(row->id(), true) ? QString() : absenceWords(row->id()));
    row->setShare(answer.shapley.value(row->id()), answer.shapleyError.value(row->id()));
  }
  m_base->setText(tr("With no channel at all the logit is %1").arg(deltaText(answer.base)));
  m_base->setVisible(!m_rows.empty());
  m_residues->setChannels(answer.channels);
  showState((QStringList{tr("Run %1").arg(m_session.run())} + answer.notes).join('\n'), false);
}

void PairPanel::showState(const QString& text, bool bad) {
  m_state->setText(text);
  m_state->setProperty("role", bad ? QVariant() : QVariant("muted"));
  m_state->setProperty("state", bad ? QVariant("bad") : QVariant());
  m_state->style()->unpolish(m_state);
  m_state->style()->polish(m_state);
}

}  // namespace twofold::ui
