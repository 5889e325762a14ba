import Kit
import Store
import Web

/// The figures as a file: of the organisation for a window, or of one program for its own dates.
struct KPIFile: Input {
  var window: ReportSpan?
  var program: ID<Program>?

  static let endpoint = Endpoint.custom(
    .get, "/programs/kpis.csv", allow: .manager, "Download the figures, of all or of one program, as CSV", input: KPIFile.self
  ) { call, input in
    let text = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return try input.table(viewer, tx, call.site.world).csv
    }
    return .csv(text, fileName: input.fileName)
  }.with { $0.contentType = "text/csv" }

  private var chosen: ReportSpan { ReportWindow(window: window).chosen }
  private var fileName: String { program == nil ? "kpis-\(chosen.rawValue)-days.csv" : "program-kpis.csv" }

  func table(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> ReportTable {
    guard let program else {
      let report = try OrganisationReport.load(viewer, chosen, tx, world)
      return KPIFile.file(report.kpis.all, from: report.from, until: report.until)
    }
    let found = try Program.find(program, for: viewer, tx)
    let figures = try ProgramFigures.load(found, try Participants.load(found.id, org: viewer.org, tx), viewer, tx, world)
    return KPIFile.file(figures.filed, from: figures.from.description, until: figures.until.description)
  }

  /// Numbers in columns of their own, and the words that the page shows. Dates are ISO 8601.
  static func file(_ values: [KPIValue], from: String, until: String) -> ReportTable {
    ReportTable(
      caption: "Figures",
      columns: ["Figure", "Number", "Unit", "Low", "High", "n", "From", "Until", "Value", "Interval", "Note", "Definition"],
      rows: values.map { value in
        [
          value.name, number(value.number, value), value.id.unit, number(value.low, value), number(value.high, value),
          value.n.map(String.init) ?? "", from, until, value.isWithheld ? "" : value.value, value.interval ?? "", value.note ?? "",
          value.formula,
        ]
      }, numeric: [1, 3, 4, 5])
  }

  /// To two places, shares in percent.
  private static func number(_ number: Double?, _ value: KPIValue) -> String {
    guard let number else { return "" }
    let rounded = ((value.id.unit == "%" ? number * 100 : number) * 100).rounded() / 100
    return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}
