import Kit
import Store
import Web

/// The administrator's page of the catalogue: its size, the import, and what the last ones did.
struct ShowSkillImports: UseCase {
  struct Page: Output {
    struct Progress: Output {
      let label: String
      let done: Int
      let total: Int
      let percent: Int
    }

    struct Import: Output {
      let id: ID<SkillImport>
      let startedAt: Moment
      let state: String
      let chip: String
      let failure: String
      let isRunning: Bool
      let progress: Progress?
      let parts: [EscoReport.Part]
      let table: Table?
      let refusals: [String]
    }

    let starters: Int
    let imported: Int
    let occupations: Int
    let imports: [Import]
    let isRunning: Bool
    let notHere: String?
    let form: Form?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let isShared = try Neighbours.exist(tx)
    let imports = try SkillImport.latest(5, org: viewer.org, tx).map { page($0, viewer, world) }
    let isRunning = imports.contains(where: \.isRunning)
    return Page(
      starters: try tx.count("SELECT count(*) FROM skill WHERE source = 'starter'"),
      imported: try tx.count("SELECT count(*) FROM skill WHERE source = 'esco'"),
      occupations: try tx.count("SELECT count(*) FROM occupation"),
      imports: imports, isRunning: isRunning, notHere: isShared ? StartSkillImport.onlyByCommand : nil,
      form: isShared || isRunning ? nil : ShowSkillImports.form)
  }

  private static let form = Form(
    "/admin/skills", button: "Import files", multipart: true,
    [
      .file("skills", "Skills", help: "skills_en.csv of the ESCO download", optional: true),
      .file("occupations", "Occupations", help: "occupations_en.csv", optional: true),
      .file("relations", "Which occupation needs which skill", help: "occupationSkillRelations_en.csv", optional: true),
    ])

  private func page(_ made: SkillImport, _ viewer: Viewer, _ world: World) -> Page.Import {
    let words: (String, String) =
      switch made.state {
      case .waiting: ("Waiting", "info")
      case .running: ("Running", "info")
      case .finished: made.report.refused == 0 ? ("Finished", "good") : ("Finished, some rows left out", "warn")
      case .failed: ("Failed", "bad")
      }
    let isRunning = made.state == .waiting || made.state == .running
    let report = made.report
    let progress = Page.Progress(
      label: "Rows read", done: report.done, total: report.total, percent: report.total == 0 ? 0 : report.done * 100 / report.total)
    return Page.Import(
      id: made.id, startedAt: Moment(made.startedAt, viewer, now: world.now()), state: words.0, chip: words.1, failure: made.failure,
      isRunning: isRunning, progress: isRunning && report.total > 0 ? progress : nil, parts: report.parts,
      table: report.parts.isEmpty ? nil : table(report),
      refusals: report.parts.flatMap { part in part.refusals.map { "\(part.name.title): \($0.text)" } })
  }

  private func table(_ report: EscoReport) -> Table {
    Table(
      caption: "Rows of each file",
      columns: [.init("File"), .number("New"), .number("Changed"), .number("As before"), .number("Left out")],
      rows: report.parts.map { part in
        [.header(part.name.title), .number(part.created), .number(part.updated), .number(part.unchanged), .number(part.refused)]
      })
  }
}

extension EscoFiles.Part {
  var title: String {
    switch self {
    case .skills: "Skills"
    case .occupations: "Occupations"
    case .relations: "Relations"
    }
  }
}
