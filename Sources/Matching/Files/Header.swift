/// Which column of a file means what.
struct Header {
  private let places: [String: Int]
  let count: Int

  /// Reads the first row; a file without one has no columns.
  init(_ row: [[UInt8]]?) {
    let names = (row ?? []).map { $0.text ?? "" }
    count = names.count
    places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of a column, `nil` when the file lacks it.
  subscript(name: String) -> Int? { places[name] }

  /// The place of a column that must be there.
  func need(_ name: String, file: String) throws(RowFault) -> Int {
    guard let place = places[name] else { throw RowFault(file: file, line: 1, reason: "no column '\(name)'") }
    return place
  }
}
