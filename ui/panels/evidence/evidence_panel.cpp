#include "ui/panels/evidence/evidence_panel.h"

#include <QVBoxLayout>
#include <optional>

#include "ui/panels/evidence/evidence_run.h"

namespace twofold::ui {

EvidencePanel::EvidencePanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme) {
  setObjectName(QStringLiteral("evidencePanel"));
  buildLayout();
  connect(&m_session, &Session::projectChanged, this, [this] {
    forgetProject();
    m_neighbours->forget();
    markStale();
  });
  connect(&m_session, &Session::dataChanged, this, [this] {
    forgetProject();
    markStale();
  });
  connect(&m_session, &Session::pairFocused, this, &EvidencePanel::markStale);
  connect(&m_session, &Session::runFocused, this, &EvidencePanel::markStale);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("pairs")); });
  const auto import = [this] { Q_EMIT m_session.panelWanted(QStringLiteral("data")); };
  connect(m_annotation, &AnnotationPage::importWanted, this, import);
  connect(m_study, &StudyBiasPage::importWanted, this, import);
  refresh();
}

void EvidencePanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  m_title = new QLabel(m_pages->content());
  m_title->setObjectName(QStringLiteral("evidenceTitle"));
  m_title->setProperty("role", "muted");
  m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_title->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, 0);
  m_tabs = new QTabWidget(m_pages->content());
  m_tabs->setObjectName(QStringLiteral("evidenceTabs"));
  m_tabs->setAccessibleName(tr("Kinds of evidence"));
  m_neighbours = new NeighboursPage(m_session, m_theme, m_tabs);
  m_annotation = new AnnotationPage(m_theme, m_tabs);
  m_study = new StudyBiasPage(m_theme, m_tabs);
  m_tabs->addTab(m_neighbours, tr("Neighbours"));
  m_tabs->addTab(m_annotation, tr("Annotation"));
  m_tabs->addTab(m_study, tr("Study bias"));
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(m_title);
  layout->addWidget(m_tabs, 1);
}

void EvidencePanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_stale) {
    refresh();
  }
}

void EvidencePanel::markStale() {
  m_stale = true;
  if (isVisible()) {
    refresh();
  }
}

void EvidencePanel::forgetProject() {
  m_projectTask.stop();
  m_project.reset();
}

void EvidencePanel::refresh() {
  const auto& pair = m_session.pair();
  m_task.stop();  // what is being read is another pair's
  if (m_session.project() == nullptr || !pair) {
    m_pages->showNote(tr("What is known of a pair appears here: training proteins near it, shared "
                         "annotations, and how much both proteins were studied. Click a pair."),
                      m_session.project() == nullptr ? QString() : tr("Show pairs"));
    return;
  }
  m_title->setText(m_session.run().isEmpty()
                       ? tr("%1 – %2").arg(pair->idA, pair->idB)
                       : tr("%1 – %2 · run %3").arg(pair->idA, pair->idB, m_session.run()));
  m_pages->showContent();
  m_neighbours->refresh();
  if (isVisible()) {
    m_stale = false;
    readEvidence();
  }
}

void EvidencePanel::readEvidence() {
  m_annotation->clear();
  m_study->clear();
  if (m_project) {
    readPair();
  } else if (!m_projectTask.isRunning()) {
    readProject();
  }
}

void EvidencePanel::readProject() {
  m_projectTask.start(
      [folder = m_session.project()->folder()](const std::stop_token& stop) {
        auto project = store::Project::open(folder);
        return std::make_shared<const ProjectEvidence>(readProjectEvidence(project, stop));
      },
      [this](Outcome<std::shared_ptr<const ProjectEvidence>> outcome) {
        if (auto* project = std::get_if<std::shared_ptr<const ProjectEvidence>>(&outcome)) {
          m_project = std::move(*project);
          if (m_session.pair()) {
            readPair();
          }
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          fail(failed->message);
        }
      });
}

void EvidencePanel::readPair() {
  m_task.start(
      [folder = m_session.project()->folder(), run = m_session.run(), pair = *m_session.pair(),
       counts = m_project](const std::stop_token&) {
        auto project = store::Project::open(folder);
        std::optional<data::EvidenceRule> rule;
        if (!run.isEmpty()) {
          rule = evidenceRun(project, run.toStdString()).rule;
        }
        auto evidence = readPairEvidence(project, counts, {pair.keyA, pair.keyB}, rule);
        evidence.ids = {pair.idA, pair.idB};
        evidence.run = run;
        return evidence;
      },
      [this](Outcome<PairEvidence> outcome) {
        if (auto* evidence = std::get_if<PairEvidence>(&outcome)) {
          m_study->show(*evidence);
          m_annotation->show(std::move(*evidence));
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          fail(failed->message);
        }
      });
}

void EvidencePanel::fail(const std::string& message) {
  m_annotation->fail(QString::fromStdString(message));
  m_study->fail(QString::fromStdString(message));
}

}  // namespace twofold::ui
