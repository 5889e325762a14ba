import Interchange
import Web

/// A table as page, CSV and API show it.
struct ReportTable: Output, Hashable {
  struct Column: Output, Hashable {
    var label: String
    var numeric: Bool
  }

  struct Cell: Output, Hashable {
    var text: String
    var numeric: Bool
    var header: Bool
    var label: String
  }

  struct Line: Output, Hashable {
    var cells: [Cell]
  }

  var caption: String
  var columns: [Column]
  var rows: [Line]

  init(caption: String, columns: [String], rows: [[String]], numeric: Set<Int> = []) {
    self.caption = caption
    self.columns = columns.enumerated().map { Column(label: $1, numeric: numeric.contains($0)) }
    self.rows = rows.map { row in
      Line(
        cells: row.enumerated().map { place, text in
          Cell(
            text: text, numeric: numeric.contains(place), header: place == 0, label: columns.indices.contains(place) ? columns[place] : "")
        })
    }
  }

  /// The same as a file; texts are guarded against being run as formulas.
  var csv: String {
    let header: [CSV.Cell] = columns.map { .text($0.label) }
    return CSV.text([header] + rows.map { $0.cells.map(written) }, byteOrderMark: true)
  }

  private func written(_ cell: Cell) -> CSV.Cell {
    guard cell.numeric else { return .text(cell.text) }
    if let whole = Int(cell.text) { return .integer(whole) }
    if let number = Double(cell.text) { return .decimal(number) }
    return .text(cell.text)
  }
}
