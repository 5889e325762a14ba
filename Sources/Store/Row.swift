import Kit

/// One row of an answer. Columns are read by name; the type asked for decides the conversion.
public struct Row: Sendable {
  let columns: Columns
  public let values: [Bound]

  /// Names of the columns, shared by all rows of an answer.
  final class Columns: Sendable {
    let names: [String]
    private let places: [String: Int]

    init(_ names: [String]) {
      self.names = names
      places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func place(of name: String) -> Int? { places[name] }
  }

  public var names: [String] { columns.names }

  /// The value of a column, which must be there and hold such a value.
  public func callAsFunction<Value: Bindable>(_ name: String, as: Value.Type = Value.self) throws -> Value {
    guard let place = columns.place(of: name) else { throw Mismatch(column: name, found: nil, wanted: "\(Value.self)") }
    guard let value = Value(bound: values[place]) else { throw Mismatch(column: name, found: values[place], wanted: "\(Value.self)") }
    return value
  }

  /// The value of a column that may be NULL.
  public func optional<Value: Bindable>(_ name: String, as: Value.Type = Value.self) throws -> Value? {
    guard let place = columns.place(of: name) else { throw Mismatch(column: name, found: nil, wanted: "\(Value.self)?") }
    if case .null = values[place] { return nil }
    guard let value = Value(bound: values[place]) else { throw Mismatch(column: name, found: values[place], wanted: "\(Value.self)?") }
    return value
  }

  /// A column that is not there, or holds something else: a fault of ours. The value itself is kept out of the text.
  public struct Mismatch: Error, CustomStringConvertible {
    let column: String
    let found: Bound?
    let wanted: String

    public var description: String {
      let kind =
        switch found {
        case nil: "nothing"
        case .null: "NULL"
        case .integer: "an integer"
        case .real: "a real"
        case .text: "text"
        case .blob: "bytes"
        }
      return "Column \(column): wanted \(wanted), found \(kind)."
    }
  }
}

/// A type that one row describes.
public protocol RowDecodable {
  init(row: Row) throws
}
