import Web

/// A table as the partial `table` draws it; on phones each cell stands under the label of its column.
struct Table: Output {
  struct Column: Output {
    let label: String
    var numeric: Bool?

    init(_ label: String, numeric: Bool? = nil) {
      self.label = label
      self.numeric = numeric
    }

    static func number(_ label: String) -> Column { Column(label, numeric: true) }
  }

  struct Cell: Output {
    var text: String
    var href: String?
    var numeric: Bool?
    var header: Bool?
    /// `good`, `warn`, `bad`, `soon`, `info` or `plain`.
    var chip: String?
    var label: String?

    static func text(_ text: String, href: String? = nil) -> Cell { Cell(text: text, href: href) }
    static func number(_ value: Int) -> Cell { Cell(text: "\(value)", numeric: true) }
    static func header(_ text: String, href: String? = nil) -> Cell { Cell(text: text, href: href, header: true) }
    static func chip(_ text: String, _ kind: String) -> Cell { Cell(text: text, chip: kind) }
  }

  struct Row: Output {
    let cells: [Cell]
  }

  let caption: String
  let columns: [Column]
  let rows: [Row]
  var csvHref: String?

  init(caption: String, columns: [Column], rows: [[Cell]], csvHref: String? = nil) {
    self.caption = caption
    self.columns = columns
    self.csvHref = csvHref
    self.rows = rows.map { cells in
      Row(
        cells: zip(cells, columns).map { cell, column in
          var cell = cell
          if cell.header != true { cell.label = column.label }
          return cell
        })
    }
  }
}
