import Kit
import Synchronization

/// One row of an answer. Columns are read by name; the type asked for decides the conversion.
public struct Row: Sendable {
  @usableFromInline let answer: Answer
  /// Where its values begin among those of the answer.
  @usableFromInline let start: Int

  /// The rows of one answer, their values one after the other: a row costs no memory of its own.
  @usableFromInline
  final class Answer: Sendable {
    let names: [String]
    @usableFromInline let values: [Bound]

    init(_ names: [String], _ values: [Bound]) {
      self.names = names
      self.values = values
    }

    /// Where the last column was found: most readers take one after the other, row by row.
    private let last = Atomic<Int>(-1)

    /// Columns are few and their names short, so a look-up tries the next one, then walks: that is faster than to hash.
    @usableFromInline
    func place(of name: String) -> Int? {
      var next = last.load(ordering: .relaxed) + 1
      if next >= names.count { next = 0 }
      guard next < names.count else { return nil }
      let place = names[next] == name ? next : names.firstIndex(of: name)
      if let place { last.store(place, ordering: .relaxed) }
      return place
    }

    var rows: [Row] { names.isEmpty ? [] : stride(from: 0, to: values.count, by: names.count).map { Row(answer: self, start: $0) } }
  }

  public var names: [String] { answer.names }
  public var values: ArraySlice<Bound> { answer.values[start..<start + names.count] }

  /// The value of a column, which must be there and hold such a value.
  @inlinable
  public func callAsFunction<Value: Bindable>(_ name: String, as: Value.Type = Value.self) throws -> Value {
    guard let place = answer.place(of: name) else { throw mismatch(name, nil, "\(Value.self)") }
    guard let value = Value(bound: answer.values[start + place]) else {
      throw mismatch(name, answer.values[start + place], "\(Value.self)")
    }
    return value
  }

  /// The value of a column that may be NULL.
  @inlinable
  public func optional<Value: Bindable>(_ name: String, as: Value.Type = Value.self) throws -> Value? {
    guard let place = answer.place(of: name) else { throw mismatch(name, nil, "\(Value.self)?") }
    if case .null = answer.values[start + place] { return nil }
    guard let value = Value(bound: answer.values[start + place]) else {
      throw mismatch(name, answer.values[start + place], "\(Value.self)?")
    }
    return value
  }

  @usableFromInline
  func mismatch(_ column: String, _ found: Bound?, _ wanted: String) -> Mismatch {
    Mismatch(column: column, found: found, wanted: wanted)
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
