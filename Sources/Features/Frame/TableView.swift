import Web

/// A table as the partial `table` draws it; on phones each row becomes a card.
struct TableView: Output {
  let id: String
  let caption: String
  let columns: [Column]
  let rows: [Line]
  let csvHref: String?

  struct Column: Output {
    let label: String
    let numeric: Bool
  }

  struct Line: Output {
    let cells: [Cell]
  }

  struct Cell: Output {
    let text: String
    var href: String?
    var numeric = false
    var header = false
    var label: String?
    /// `good`, `warn`, `bad`, `soon`, `info` or `plain`.
    var chip: String?
  }

  /// - Parameters:
  ///   - columns: labels from the left; the first column heads its row.
  ///   - rows: a cell for each column.
  init(_ id: String, caption: String, columns: [String], numeric: Set<String> = [], rows: [[Cell]], csvHref: String? = nil) {
    self.id = id
    self.caption = caption
    self.columns = columns.map { Column(label: $0, numeric: numeric.contains($0)) }
    self.rows = rows.map { cells in
      Line(
        cells: zip(columns, cells).enumerated().map { place, pair in
          var cell = pair.1
          cell.header = place == 0
          cell.numeric = numeric.contains(pair.0)
          if place > 0 { cell.label = pair.0 }
          return cell
        })
    }
    self.csvHref = csvHref
  }
}

extension TableView.Cell {
  init(_ text: String, href: String? = nil, chip: String? = nil) {
    self.text = text
    self.href = href
    self.chip = chip
  }
}
