import Web

/// Who learns from whom, by department.
struct DepartmentMatrix: Output, Hashable {
  struct Column: Output, Hashable {
    var label: String
  }

  struct Cell: Output, Hashable {
    /// 0, 1, 2 or 4: the shade.
    var step: Int
    var text: String

    static let withheld = Cell(step: 0, text: SmallGroups.mark)
    var isWithheld: Bool { self == .withheld }
  }

  struct Line: Output, Hashable {
    var label: String
    var cells: [Cell]
  }

  var caption: String
  var corner: String
  var columns: [Column]
  var rows: [Line]
  var finding: String
  var csvHref: String

  static let definition =
    "Sessions that took place in the window, by the department of who learned (rows) and of the mentor (columns). Cells with fewer than 5 learners show a dash; where one such cell could be worked out from the sum, so does the next smallest. Where hardly any cell can be shown, the sums by department of who learned stand instead, by the same rule."

  private static let why = "fewer than five people, or what would tell of them"

  /// Nil when nothing took place.
  init?(_ flows: [SessionFlow], totals: [DepartmentTotal], csvHref: String) {
    guard !flows.isEmpty else { return nil }
    let hidden = SmallGroups.hidden(flows.map(\.people))
    // Dashes all over say nothing: then the sums of the rows do.
    let isSparse = (flows.count - hidden.count) * 4 < flows.count
    corner = isSparse ? "Learns" : "Learns ↓ from →"
    columns = isSparse ? [Column(label: "Sessions")] : Set(flows.map(\.mentors)).sorted().map { Column(label: DepartmentMatrix.name($0)) }
    let lines = isSparse ? DepartmentMatrix.sums(totals) : DepartmentMatrix.cells(flows, hidden)
    rows = lines
    let title = isSparse ? "Sessions by department of who learned" : "Sessions by department"
    let isWithheld = lines.contains { $0.cells.contains(where: \.isWithheld) }
    caption = isWithheld ? "\(title). \(SmallGroups.mark) : \(DepartmentMatrix.why)." : title
    finding = DepartmentMatrix.crossing(flows, totals)
    self.csvHref = csvHref
  }

  private static func cells(_ flows: [SessionFlow], _ hidden: Set<Int>) -> [Line] {
    let most = flows.enumerated().filter { !hidden.contains($0.offset) }.map(\.element.sessions).max() ?? 0
    let mentors = Set(flows.map(\.mentors)).sorted()
    return Set(flows.map(\.learners)).sorted().map { from in
      Line(
        label: name(from),
        cells: mentors.map { to in
          guard let place = flows.firstIndex(where: { $0.learners == from && $0.mentors == to }) else { return Cell(step: 0, text: "0") }
          return hidden.contains(place) ? Cell.withheld : shaded(flows[place].sessions, most: most)
        })
    }
  }

  private static func sums(_ totals: [DepartmentTotal]) -> [Line] {
    let hidden = SmallGroups.hidden(totals.map(\.people))
    let most = totals.enumerated().filter { !hidden.contains($0.offset) }.map(\.element.sessions).max() ?? 0
    return totals.enumerated().map { place, total in
      Line(label: name(total.department), cells: [hidden.contains(place) ? Cell.withheld : shaded(total.sessions, most: most)])
    }
  }

  /// Both parts, the sessions within departments and those across, rest on five people or on nobody.
  private static func crossing(_ flows: [SessionFlow], _ totals: [DepartmentTotal]) -> String {
    let across = flows.filter { $0.learners != $0.mentors }
    let within = flows.filter { $0.learners == $0.mentors }
    let sessions = flows.reduce(0) { $0 + $1.sessions }
    // Nobody learns within two departments, but many across more than one.
    let people = [totals.reduce(0) { $0 + $1.crossing }, within.reduce(0) { $0 + $1.people }]
    guard people.allSatisfy({ $0 == 0 || SmallGroups.shows($0) }) else {
      return "Too few people to say how many sessions crossed departments."
    }
    return "\(KPIValue.percent(across.reduce(0) { $0 + $1.sessions }, of: sessions)) % of sessions crossed departments."
  }

  private static func name(_ department: String) -> String { department.isEmpty ? "None" : department }

  private static func shaded(_ sessions: Int, most: Int) -> Cell {
    let share = most > 0 ? Double(sessions) / Double(most) : 0
    return Cell(step: share > 0.66 ? 4 : share > 0.33 ? 2 : sessions > 0 ? 1 : 0, text: "\(sessions)")
  }

  /// As a file: what is withheld is empty, and its row says why.
  var table: ReportTable {
    ReportTable(
      caption: caption, columns: [corner] + columns.map(\.label) + ["Note"],
      rows: rows.map { row in
        let note = row.cells.contains(where: \.isWithheld) ? "Empty: \(DepartmentMatrix.why)" : ""
        return [row.label] + row.cells.map { $0.isWithheld ? "" : $0.text } + [note]
      }, numeric: Set(1...max(1, columns.count)))
  }
}
