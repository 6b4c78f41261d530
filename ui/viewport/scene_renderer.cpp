#include "ui/viewport/scene_renderer.h"

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkLight.h>
#include <vtkLightCollection.h>
#include <vtkNew.h>
#include <vtkOpenGLSphereMapper.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkShaderProperty.h>
#include <vtkUniforms.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>

namespace twofold::ui {
namespace {

constexpr float kMarkRadius = 1.15F;       // angstrom, interface residues
constexpr float kSelectionRadius = 1.75F;  // angstrom
constexpr double kOutlinePixels = 1.25;
constexpr double kOutlineTolerance = 0.1;  // relative change of the width that is not redrawn
constexpr double kSelectionLineRadius = 0.22;
constexpr double kContextThinner = 0.6;  // of the tube of the focused pair
constexpr float kCueStrength = 0.6F;     // of the background at the far end

void append(vtkUnsignedCharArray& array, const QColor& color) {
  const std::array<unsigned char, 3> rgb{static_cast<unsigned char>(color.red()),
                                         static_cast<unsigned char>(color.green()),
                                         static_cast<unsigned char>(color.blue())};
  array.InsertNextTypedTuple(rgb.data());
}

/// Spheres drawn as impostors, one colour each.
struct Spheres {
  vtkNew<vtkPolyData> data;
  vtkNew<vtkOpenGLSphereMapper> mapper;
  vtkNew<vtkActor> actor;

  explicit Spheres(float radius) {
    mapper->SetInputData(data);
    mapper->SetRadius(radius);
    actor->SetMapper(mapper);
  }

  void show(std::span<const Vector> centres, std::span<const QColor> colors) const {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> verts;
    vtkNew<vtkUnsignedCharArray> rgb;
    rgb->SetNumberOfComponents(3);
    rgb->SetName("rgb");
    for (std::size_t i = 0; i < centres.size(); ++i) {
      const vtkIdType id = points->InsertNextPoint(centres[i].data());
      verts->InsertNextCell(1, &id);
      append(*rgb, colors[i]);
    }
    data->Initialize();
    data->SetPoints(points);
    data->SetVerts(verts);
    data->GetPointData()->SetScalars(rgb);
    actor->SetVisibility(!centres.empty());
  }
};

void setFinish(vtkActor& actor) {
  vtkProperty* finish = actor.GetProperty();
  finish->SetAmbient(0.28);
  finish->SetDiffuse(0.74);
  finish->SetSpecular(0.12);
  finish->SetSpecularPower(24);
}

/// Fades what is far into the background, by the depth of the fragment between the clipping planes.
void addDepthCue(vtkActor& actor) {
  actor.GetShaderProperty()->AddFragmentShaderReplacement(
      "//VTK::Light::Impl", true,
      "//VTK::Light::Impl\n"
      "  float cueSpan = cueFar - cueNear;\n"
      "  float cueDepth = 2.0 * cueNear * cueFar /\n"
      "      (cueFar + cueNear - (2.0 * gl_FragCoord.z - 1.0) * cueSpan);\n"
      "  float cue = clamp((cueDepth - cueNear) / cueSpan, 0.0, 1.0);\n"
      "  fragOutput0.rgb = mix(fragOutput0.rgb, cueColor, cueStrength * cue * cue);\n",
      false);
}

void addLight(vtkRenderer& renderer, const Vector& from, double intensity) {
  vtkNew<vtkLight> light;
  light->SetLightTypeToCameraLight();
  light->SetPosition(from.data());
  light->SetFocalPoint(0, 0, 0);
  light->SetIntensity(intensity);
  renderer.AddLight(light);
}

void fill(vtkPolyData& data, const TubeMesh& mesh, float offset) {
  vtkNew<vtkFloatArray> coordinates;
  coordinates->SetNumberOfComponents(3);
  coordinates->SetNumberOfTuples(static_cast<vtkIdType>(mesh.pointCount()));
  for (std::size_t i = 0; i < mesh.points.size(); ++i) {
    coordinates->SetValue(static_cast<vtkIdType>(i), mesh.points[i] + offset * mesh.normals[i]);
  }
  vtkNew<vtkPoints> points;
  points->SetData(coordinates);
  vtkNew<vtkFloatArray> normals;
  normals->SetNumberOfComponents(3);
  normals->SetNumberOfTuples(static_cast<vtkIdType>(mesh.pointCount()));
  std::ranges::copy(mesh.normals, normals->GetPointer(0));
  vtkNew<vtkCellArray> triangles;
  for (std::size_t i = 0; i + 2 < mesh.triangles.size(); i += 3) {
    const std::array<vtkIdType, 3> corners{mesh.triangles[i], mesh.triangles[i + 1],
                                           mesh.triangles[i + 2]};
    triangles->InsertNextCell(3, corners.data());
  }
  data.Initialize();
  data.SetPoints(points);
  data.SetPolys(triangles);
  data.GetPointData()->SetNormals(normals);
}

}  // namespace

struct SceneRenderer::Actors {
  vtkNew<vtkRenderer> renderer;
  TubeMesh mesh;
  vtkNew<vtkPolyData> tubeData, outlineData, lineData;
  vtkNew<vtkActor> tubes, outline, line;
  Spheres marks{kMarkRadius};
  Spheres selection{kSelectionRadius};
  double outlineWidth = 0.13;  // angstrom

  [[nodiscard]] std::array<vtkActor*, 3> cued() const { return {tubes, outline, marks.actor}; }

  Actors() {
    const auto connect = [this](vtkActor& actor, vtkPolyData& data) {
      vtkNew<vtkPolyDataMapper> mapper;
      mapper->SetInputData(&data);
      actor.SetMapper(mapper);
      renderer->AddActor(&actor);
    };
    connect(*tubes, *tubeData);
    connect(*outline, *outlineData);
    connect(*line, *lineData);
    outline->GetProperty()->SetFrontfaceCulling(true);  // only the rim of the larger hull is seen
    outline->GetProperty()->SetLighting(false);
    renderer->AddActor(marks.actor);
    renderer->AddActor(selection.actor);
    for (vtkActor* actor : {tubes.Get(), line.Get(), marks.actor.Get(), selection.actor.Get()}) {
      setFinish(*actor);
    }
    for (vtkActor* actor : cued()) {
      addDepthCue(*actor);
    }
    for (vtkActor* actor : {line.Get(), marks.actor.Get(), selection.actor.Get()}) {
      actor->SetVisibility(false);
    }
    renderer->SetAutomaticLightCreation(false);
    addLight(*renderer, {-0.6, 0.9, 1.4}, 0.78);
    addLight(*renderer, {0.9, -0.4, 1.0}, 0.3);
    renderer->SetUseFXAA(true);
  }
};

SceneRenderer::SceneRenderer() : m_actors(std::make_unique<Actors>()) {}

SceneRenderer::~SceneRenderer() = default;

vtkRenderer* SceneRenderer::renderer() const {
  return m_actors->renderer;
}

void SceneRenderer::build(const StructureScene& scene, const TubeShape& shape) {
  TubeMesh& mesh = m_actors->mesh;
  mesh = {};
  for (std::size_t i = 0; i < scene.chains.size(); ++i) {
    if (scene.chains[i].visible) {
      TubeShape own = shape;
      const bool context = scene.chainA >= 0 && scene.chains[i].color == SceneChain::kContext;
      own.radius *= context ? kContextThinner : 1;
      addChain(mesh, scene.chains[i].chain, static_cast<int>(i), own);
    }
  }
  fill(*m_actors->tubeData, mesh, 0);
  drawOutline(m_actors->outlineWidth);
}

void SceneRenderer::colour(const StructureScene& scene, const SceneColors& colors) {
  vtkNew<vtkUnsignedCharArray> rgb;
  rgb->SetNumberOfComponents(3);
  rgb->SetName("rgb");
  for (const ResidueRef& owner : m_actors->mesh.owners) {
    append(*rgb, colors.of(scene.chains[static_cast<std::size_t>(owner.chain)], owner.residue));
  }
  m_actors->tubeData->GetPointData()->SetScalars(rgb);
  m_actors->tubeData->Modified();
  const std::array<float, 3> fade{colors.background.redF(), colors.background.greenF(),
                                  colors.background.blueF()};
  for (vtkActor* actor : m_actors->cued()) {
    actor->GetShaderProperty()->GetFragmentCustomUniforms()->SetUniform3f("cueColor", fade.data());
  }
  const auto set = [](auto setter, const QColor& c) { setter(c.redF(), c.greenF(), c.blueF()); };
  set([&](double r, double g, double b) { m_actors->renderer->SetBackground(r, g, b); },
      colors.background);
  set([&](double r, double g, double b) { m_actors->outline->GetProperty()->SetColor(r, g, b); },
      colors.outline);
  set([&](double r, double g, double b) { m_actors->line->GetProperty()->SetColor(r, g, b); },
      colors.selection);
}

void SceneRenderer::markInterface(const StructureScene& scene, const InterfaceHighlight& highlight,
                                  const SceneColors& colors) {
  std::vector<Vector> centres;
  std::vector<QColor> tints;
  const auto add = [&](int index, const std::vector<bool>& marks) {
    if (index < 0 || !scene.chains[static_cast<std::size_t>(index)].visible) {
      return;
    }
    const SceneChain& chain = scene.chains[static_cast<std::size_t>(index)];
    const std::size_t count = std::min(marks.size(), chain.chain.residues.size());
    for (std::size_t i = 0; i < count; ++i) {
      if (marks[i] && chain.chain.residues[i].hasCalpha) {
        centres.push_back(toVector(chain.chain.residues[i].calpha));
        tints.push_back(colors.of(chain));
      }
    }
  };
  add(scene.chainA, highlight.inA);
  add(scene.chainB, highlight.inB);
  m_actors->marks.show(centres, tints);
}

void SceneRenderer::markSelection(const StructureScene& scene,
                                  std::span<const ResidueRef> selection,
                                  const SceneColors& colors) {
  std::vector<Vector> centres;
  for (const ResidueRef& ref : selection) {
    const bio::Residue* residue = scene.residue(ref);
    if (residue && residue->hasCalpha &&
        scene.chains[static_cast<std::size_t>(ref.chain)].visible) {
      centres.push_back(toVector(residue->calpha));
    }
  }
  const std::vector<QColor> tints(centres.size(), colors.selection);
  m_actors->selection.show(centres, tints);
  m_actors->line->SetVisibility(centres.size() == 2);
  if (centres.size() == 2) {
    TubeMesh mesh;
    bio::Chain ends;
    for (const Vector& centre : centres) {
      bio::Residue end;
      end.hasCalpha = true;
      end.calpha = {static_cast<float>(centre[0]), static_cast<float>(centre[1]),
                    static_cast<float>(centre[2])};
      ends.residues.push_back(end);
    }
    addChain(mesh, ends, 0, {1, 8, kSelectionLineRadius});
    fill(*m_actors->lineData, mesh, 0);
  }
}

void SceneRenderer::drawOutline(double width) {
  m_actors->outlineWidth = width;
  fill(*m_actors->outlineData, m_actors->mesh, static_cast<float>(width));
}

void SceneRenderer::setDraft(bool draft) {
  m_actors->outline->SetVisibility(!draft);
  m_actors->renderer->SetUseFXAA(!draft);
}

void SceneRenderer::setCamera(const Camera& camera, int height) {
  const double pixel = 2 * camera.distance() * camera.halfHeight() / std::max(height, 1);
  const double width = std::clamp(kOutlinePixels * pixel, 0.04, 0.6);
  if (std::abs(width - m_actors->outlineWidth) > kOutlineTolerance * m_actors->outlineWidth) {
    drawOutline(width);
  }
  vtkCamera* view = m_actors->renderer->GetActiveCamera();
  view->SetPosition(camera.position.data());
  view->SetFocalPoint(camera.focus.data());
  view->SetViewUp(camera.up.data());
  view->SetViewAngle(camera.viewAngle);
  m_actors->renderer->ResetCameraClippingRange();
  const double* range = view->GetClippingRange();
  for (vtkActor* actor : m_actors->cued()) {
    vtkUniforms* uniforms = actor->GetShaderProperty()->GetFragmentCustomUniforms();
    uniforms->SetUniformf("cueNear", static_cast<float>(range[0]));
    uniforms->SetUniformf("cueFar", static_cast<float>(range[1]));
    uniforms->SetUniformf("cueStrength", kCueStrength);
  }
}

}  // namespace twofold::ui
